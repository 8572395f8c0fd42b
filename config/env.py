"""Typed readers of the environment; a value that makes no sense stops the start with a sentence."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadEnvironment(SystemExit):
    """A setting in the environment can't be used as it stands."""


def text(name: str, default: str = "") -> str:
    """A setting as it is written."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A setting that is on (1, true, yes) or off (0, false, no)."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if not value:
        return default
    raise BadEnvironment(f"{name} is {value!r}. Please write 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise BadEnvironment(f"{name} is {value!r}. Please write a whole number.")
    return int(value)


def folder(name: str, default: Path) -> Path:
    """A folder, made absolute; it need not exist yet."""
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser().resolve() if value else default


def steps(name: str) -> tuple[tuple[int, int], ...]:
    """A table of whole numbers, as in 1:50, 3:200, 8:1000."""
    pairs = [tuple(word.split(":")) for word in words(name)]
    if any(len(pair) != 2 or not all(part.strip().isdecimal() for part in pair) for pair in pairs):
        raise BadEnvironment(
            f"{name} is {text(name)!r}. Please write days and numbers, as in 1:50, 3:200, 8:1000."
        )
    return tuple((int(first), int(second)) for first, second in pairs)


def named(prefix: str) -> dict[str, str]:
    """All settings whose names begin alike, without that beginning."""
    return {
        name.removeprefix(prefix): value
        for name, value in os.environ.items()
        if name.startswith(prefix)
    }


def database(url: str) -> dict[str, Any]:
    """Django's settings for one PostgreSQL address (postgresql://role:password@host/name)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadEnvironment(
            f"DATABASE_URL begins with {parts.scheme or 'nothing'}:. Schoolgate keeps its data in "
            "PostgreSQL only; please write postgresql://role:password@host/name."
        )
    netloc = parts.netloc.rpartition("@")[2]
    host, _, port = netloc.partition(":")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(host),
        "PORT": options.pop("port", None) or port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
