"""Sees that tests find a browser, axe-core, mail servers and a scanner; installs them where it may.

Under CI a missing tool is a failure; elsewhere it is a sentence, and the tests that need it skip.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config import env

ROOTS_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
NO_STARTING = Path("/usr/sbin/policy-rc.d")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
AXE = env.ROOT / "node_modules" / "axe-core" / "axe.min.js"


def browser() -> Path | None:
    """The Chromium of this machine, if there is one."""
    found = (shutil.which(name) for name in BROWSERS)
    return next((Path(path) for path in found if path), None)


def mail_server() -> Path | None:
    """Postfix, with its smtp-sink, if it is here."""
    found = shutil.which("smtp-sink", path=ROOTS_PATH) and shutil.which("postfix", path=ROOTS_PATH)
    return Path(found) if found else None


def mailbox_server() -> Path | None:
    """Dovecot, if it is here."""
    found = shutil.which("dovecot", path=ROOTS_PATH)
    return Path(found) if found else None


def virus_scanner() -> Path | None:
    """The virus scanner clamd, if it is here."""
    found = shutil.which("clamd", path=ROOTS_PATH)
    return Path(found) if found else None


def moved_clock() -> Path | None:
    """libfaketime, if it is here; only `make prove` needs it."""
    return next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


def main() -> int:
    """Install what is missing; 1 if it is still missing under CI."""
    if browser() is None:
        _install_package("chromium")
    if mail_server() is None:
        _install_quietly("postfix")
    if mailbox_server() is None:
        _install_quietly("dovecot-imapd")
    if virus_scanner() is None:
        _install_quietly("clamav-daemon")
    if moved_clock() is None:
        _install_package("faketime")
    if not _axe_is_current():
        _install_axe()
    missing = [] if browser() else ["a Chromium browser (apt-get install chromium)"]
    missing += [] if AXE.exists() else ["axe-core (npm ci, which needs npm)"]
    missing += [] if mail_server() else ["Postfix with smtp-sink (apt-get install postfix)"]
    missing += [] if mailbox_server() else ["Dovecot (apt-get install dovecot-imapd)"]
    missing += [] if virus_scanner() else ["clamd (apt-get install clamav-daemon)"]
    for words in missing:
        print(f"Missing for some tests: {words}.")
    if not missing:
        print("A browser, axe-core, Postfix, Dovecot and clamd are here.")
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


def _install_quietly(name: str) -> None:
    """A server that is not started, now or with the machine; Postfix without a configuration."""
    if not _may_install():
        return
    answer = "postfix postfix/main_mailer_type select No configuration\n"
    subprocess.run(["debconf-set-selections"], input=answer, text=True)
    ours = not NO_STARTING.exists()
    if ours:
        NO_STARTING.write_text("#!/bin/sh\nexit 101\n")
        NO_STARTING.chmod(0o755)
    try:
        _install_package(name)
    finally:
        if ours:
            NO_STARTING.unlink()


def _may_install() -> bool:
    """Whether this is a Debian and we are its root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install_package(name: str) -> None:
    """Install one of the system's packages, if this is a Debian and we are its root."""
    if not _may_install():
        return
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", name]):
        subprocess.run(["apt-get", "--quiet", "--quiet", *words], env=quietly)


if __name__ == "__main__":
    sys.exit(main())
