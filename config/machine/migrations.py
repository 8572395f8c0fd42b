"""Migrating as the owner role, and knowing without Django whether there is anything to migrate."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from config import env
from config.machine.errors import MachineError

# What can change the tables: our migrations, which apps there are, and the packages' versions.
CHANGES = ("schoolgate/**/migrations/*", "config/settings.py", "requirements/base.txt")
MIGRATE = (sys.executable, "-m", "config.machine.migrating")


def digest(root: Path = env.ROOT) -> str:
    """A short name for the state of everything that migrations come from."""
    found = sorted({path for glob in CHANGES for path in root.glob(glob) if path.is_file()})
    total = hashlib.sha256()
    for path in found:
        total.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def environment(url: str, **more: str) -> dict[str, str]:
    """The environment of a process of ours that works on this database."""
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(env.ROOT),
        **more,
    }


def migrate(owner_url: str, **more: str) -> None:
    """Bring the tables up to date as their owner; raises with Django's own last words."""
    done = subprocess.run(
        MIGRATE,
        cwd=env.ROOT,
        env=environment(owner_url, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise MachineError(f"The tables could not be brought up to date:\n{done.stdout.strip()}")
