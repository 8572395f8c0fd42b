"""What our logs say: never what a family or a colleague wrote, and no token out of an address.

A database error tells the row that it is about, and with it sealed words; so of such an error only
its kind, its code and the name of the rule stand in a log. An address of a page may hold a token
that opens it, so its long parts are left out.
"""

import logging
import re
import traceback
from types import TracebackType

import psycopg
from django.db import Error as DjangoDatabaseError

LONG = re.compile(r"(?<=/)[^/?\s]{16,}")
QUERY = re.compile(r"\?\S*")
_Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Guarded(logging.Formatter):
    """A line of a log, and below it where something went wrong."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with addresses of pages made short."""
        if isinstance(record.args, tuple):
            record.args = tuple(map(_short, record.args))
        return super().format(record)

    def formatException(self, ei: _Info) -> str:  # noqa: N802 - logging's own name
        """The places in the code, oldest first, and what is safe of each error's own words."""
        error = ei[1]
        return "\n".join(_chain(error)) if error is not None else ""


def _short(part: object) -> object:
    if isinstance(part, str) and part.startswith("/"):
        return LONG.sub("…", QUERY.sub("", part))
    if isinstance(part, BaseException):
        return said(part)
    return part


def said(error: BaseException) -> str:
    """What may stand in a log of an error's own words."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, psycopg.Error | DjangoDatabaseError):
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        found = cause.diag if isinstance(cause, psycopg.Error) else None
        parts = (found.sqlstate, found.table_name, found.constraint_name) if found else ()
        return f"{name}: {', '.join(part for part in parts if part)}".rstrip(": ")
    return f"{name}: {error}"


def _chain(error: BaseException) -> list[str]:
    """The error that began it first, each with its places."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_chain(before), ""] if before is not None else []
    places = traceback.format_tb(error.__traceback__)
    head = "Traceback (most recent call last):"
    return [*lines, head, *"".join(places).splitlines(), said(error)]
