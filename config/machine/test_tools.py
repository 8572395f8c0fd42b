"""Sees that the browser tests find a browser and axe-core, and installs them where that is allowed.

Under CI a missing tool is a failure; elsewhere it is a sentence, and the tests that need it skip.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config import env

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
AXE = env.ROOT / "node_modules" / "axe-core" / "axe.min.js"


def browser() -> Path | None:
    """The Chromium of this machine, if there is one."""
    found = (shutil.which(name) for name in BROWSERS)
    return next((Path(path) for path in found if path), None)


def main() -> int:
    """Install what is missing; 1 if it is still missing under CI."""
    if browser() is None:
        _install_package("chromium")
    if not _axe_is_current():
        _install_axe()
    missing = [] if browser() else ["a Chromium browser (apt-get install chromium)"]
    missing += [] if AXE.exists() else ["axe-core (npm ci, which needs npm)"]
    for words in missing:
        print(f"Missing for the browser tests: {words}.")
    if not missing:
        print(f"{browser()} and axe-core are here.")
    return 1 if missing and env.flag("CI") else 0


def _axe_is_current() -> bool:
    """Whether what is installed is as new as the file that names it."""
    lock = env.ROOT / "package-lock.json"
    return AXE.exists() and (env.ROOT / "node_modules").stat().st_mtime >= lock.stat().st_mtime


def _install_axe() -> None:
    if shutil.which("npm") is None:
        _install_package("npm")
    if shutil.which("npm") is None:
        return
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=env.ROOT)
    if AXE.exists():
        AXE.parent.parent.touch()


def _install_package(name: str) -> None:
    """Install one of the system's packages, if this is a Debian and we are its root."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", name]):
        subprocess.run(["apt-get", "--quiet", "--quiet", *words], env=quietly)


if __name__ == "__main__":
    sys.exit(main())
