"""The house itself: keys point down, hooks are wired, files stay small, words can be translated."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from procrastinate.contrib.django import app

import config.schedule  # noqa: F401 - so that its jobs are known
from config.wiring import WIRES, found
from schoolgate.school.hooks import Hook

ROOT = Path(__file__).resolve().parent.parent
FLOORS = (
    ("ledger", "working_time", "worries", "design"),
    ("school",),
    ("people",),
    ("delivery",),
    ("response_clock", "accounts"),
    ("conversations", "announcements"),
    ("escalation", "today", "incidents", "good_news"),
    ("safeguarding",),
    ("inbound", "policy"),
    ("desk", "drill"),
)
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
SOURCES = [
    path
    for top in ("schoolgate", "config", "house_rules", "bench", "journeys")
    for path in (ROOT / top).rglob("*.py")
    if "migrations" not in path.parts
]
TEMPLATES = list((ROOT / "schoolgate").rglob("templates/**/*.html"))


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in FLOOR
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model._meta.app_label in FLOOR
        if FLOOR[field.related_model._meta.app_label] > FLOOR[model._meta.app_label]
    ]
    assert upward == []


def test_every_hook_is_wired_and_every_wire_leads_to_a_hook() -> None:
    assert {id(found(name)) for name in WIRES} == {id(hook) for hook in Hook.declared}
    assert [hook.name for hook in Hook.declared if not hook.listeners] == []


def test_every_job_is_scheduled_or_enqueued_somewhere() -> None:
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    texts = [path.read_text() for path in SOURCES if path.name not in {"jobs.py"}]
    for name in app.tasks:
        if name.startswith(("builtin:", "procrastinate.")) or name in periodic:
            continue
        assert any(f'"{name}"' in text for text in texts), name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_over_400_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if "views" in path.parts or path.name == "views.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_views_do_not_write_rows(path: Path) -> None:
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert calls.isdisjoint({"save", "create", "update", "bulk_create", "delete", "get_or_create"})


def test_settings_are_read_from_the_environment_in_one_place_only() -> None:
    # The engine room starts processes and the proof ends them: both speak by the environment.
    allowed = {"env.py", "named_points.py", "command.py"}
    readers = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "tests" not in path.parts
        and path.parts[len(ROOT.parts)] == "schoolgate"
        and "os.environ" in path.read_text()
        and path.name not in allowed
    ]
    assert readers == []


def test_digits_are_read_with_isdecimal() -> None:
    # "²" is a digit and "½" a number to Python, and `int` refuses both.
    refused = (".isdi" + "git(", ".isnu" + "meric(")
    found = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if any(one in path.read_text() for one in refused)
    ]
    assert found == []


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_of_a_template_can_be_translated(path: Path) -> None:
    text = path.read_text()
    text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", text, flags=re.S)
    text = re.sub(r"<(style|script)\b.*?</\1>|<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"{% block body_class %}.*?{% endblock %}", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.S)
    text = re.sub(r"<[^>]*>", " ", text, flags=re.S)
    left = re.sub(r"&[a-z]+;|Schoolgate", "", text)
    assert path.name == "500.html" or not re.search(r"[A-Za-z]{2,}", left), left.split()[:8]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_styles_scripts_or_a_form_that_could_be_forged(path: Path) -> None:
    text = path.read_text()
    assert " style=" not in text and "<script>" not in text
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, flags=re.S):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_is_over_120_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 120


def test_no_file_is_a_drawer_without_a_name() -> None:
    drawers = {"utils", "util", "helpers", "common", "core", "misc"}
    assert [
        path for path in SOURCES if path.stem in drawers or drawers & set(path.parts[-3:])
    ] == []


CHANNELS = ROOT / "schoolgate" / "delivery" / "channels"
TESTS_OF_CHANNELS = ROOT / "schoolgate" / "delivery" / "tests"


@pytest.mark.parametrize(
    "folder",
    [path.name for path in CHANNELS.iterdir() if (path / "__init__.py").is_file()],
)
def test_every_channel_runs_the_contract_of_channels(folder: str) -> None:
    text = (TESTS_OF_CHANNELS / f"test_contract_{folder}.py").read_text()
    suites = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Contract" for base in node.bases)
        and f"folder = {folder!r}" in ast.unparse(node)
    ]
    assert suites
