# make run     the demo: two schools of fictional people        make serve   the real thing
# make test    every rule and journey                           make prove   the long proof
# make bench   every figure we claim (ONLY=name for one)        make setup   install, and no more
#
# make run PORT=8100 DATA=/some/folder lets two run side by side: what is named on make's command
# line reaches `schoolgate` as its environment.

PYTHON ?= python3
TESTERS ?= 2
BIN := .venv/bin
SETUP := .venv/installed
TOOLS := .venv/installed-dev
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

.PHONY: setup run serve test prove bench lint compiled
.DELETE_ON_ERROR:

setup: $(SETUP)

run: $(SETUP) compiled
	@$(BIN)/schoolgate run

serve: $(SETUP) compiled
	@$(BIN)/schoolgate serve

test: lint
	@echo; echo "== Tools of the browser tests"
	@$(BIN)/python -m config.machine.test_tools
	@echo; echo "== Every rule and journey"
	@$(BIN)/python -m pytest -n $(TESTERS) --dist loadgroup -m "not slow"

prove: $(TOOLS)
	@$(BIN)/python -m config.machine.test_tools
	@echo; echo "== Every break is noticed"
	@$(BIN)/python -m house_rules.breaking
	@echo; echo "== The fast tests on other days and at other hours"
	@$(BIN)/python -m house_rules.moments
	@echo; echo "== Kills, storms, fuzzing, every page in every theme"
	@$(BIN)/python -m pytest -m slow

bench: $(TOOLS)
	@$(BIN)/python -m bench $(ONLY)

lint: $(TOOLS)
	@echo "== Style of the code"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo; echo "== Types"
	@$(BIN)/mypy
	@echo; echo "== Floors: imports go down"
	@$(BIN)/lint-imports
	@echo; echo "== Style of the templates"
	@$(BIN)/djlint --lint --quiet schoolgate
	@echo; echo "== The application's own checks"
	@$(BIN)/schoolgate check

# The user that runs Schoolgate may not write here, so that the code is compiled beforehand.
compiled: $(SETUP)
	@$(BIN)/python -m compileall -q config schoolgate || true

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Schoolgate needs Python 3.11 or later. Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python can't make a virtual environment. On Debian: apt-get install python3-venv"; \
		exit 1; }
	@$(PYTHON) -m venv .venv || { rm -f $@; exit 1; }

$(SETUP): requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Schoolgate needs into .venv (once)"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS): requirements/dev.txt $(SETUP)
	@echo "Installing what the tests need into .venv (once)"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
