"""The files and their columns, as docs/import.md describes them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from schoolgate.people.errors import NotANumber
from schoolgate.people.models import Carer, Group, Receives, TeamMember
from schoolgate.people.telephone import read_number

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S")
_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0", ""}


def text(most: int) -> Callable[[str], str]:
    """A reader of a text of at most so many signs."""

    def read(words: str) -> str:
        if len(words) > most:
            raise ValueError(f"This has {len(words)} signs; there is room for {most}.")
        return words

    return read


def day(words: str) -> date | None:
    """A date as 2014-05-31 or 31/05/2014; empty for none."""
    if not words:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(f"{words!r} is not a date; write 2014-05-31 or 31/05/2014.")


def email(words: str) -> str:
    """An email address in lower case; empty for none."""
    if words and (len(words) > 254 or not _EMAIL.fullmatch(words)):
        raise ValueError(f"{words!r} is not an email address.")
    return words.lower()


def telephone(words: str) -> str:
    """A telephone number as it is kept; words beside it are left out; empty for none."""
    try:
        return read_number(words) if words else ""
    except NotANumber:
        raise ValueError(f"{words!r} is not one telephone number.") from None


def yes_or_no(words: str) -> bool:
    """Yes or no; empty is no."""
    if words.lower() in _YES | _NO:
        return words.lower() in _YES
    raise ValueError(f"{words!r} is neither yes nor no.")


def several(words: str) -> tuple[str, ...]:
    """Several words with a semicolon between them."""
    return tuple(word.strip() for word in words.split(";") if word.strip())


def receives(words: str) -> Receives | None:
    """What somebody receives: nothing, general or progress; empty is what is usual for them."""
    if not words:
        return None
    return Receives[_one_of(words, ("nothing", "general", "progress")).upper()]


def order_receives(words: str) -> Receives:
    """What an order leaves: nothing or general; empty is nothing."""
    return Receives[_one_of(words or "nothing", ("nothing", "general")).upper()]


def capacity(words: str) -> str:
    """Family or professional; empty says nothing."""
    return _one_of(words, tuple(Carer.Capacity.values)) if words else ""


def employment(words: str) -> str:
    """A kind of employment; empty is employed."""
    return _one_of(words or "employed", tuple(TeamMember.Employment.values))


def kind_of_group(words: str) -> str:
    """Tutor or class; empty is tutor."""
    return _one_of(words or "tutor", tuple(Group.Kind.values))


def _one_of(words: str, allowed: tuple[str, ...]) -> str:
    if words.lower() not in allowed:
        raise ValueError(f"{words!r} is not possible here; possible are {', '.join(allowed)}.")
    return words.lower()


@dataclass(frozen=True)
class Column:
    """One column: its name, how it is read, and whether it must be filled."""

    name: str
    read: Callable[[str], object]
    required: bool = False


@dataclass(frozen=True)
class File:
    """One file: its columns, and those that together name a row."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


NAME = text(120)
ID = text(60)
SHORT = text(80)

FILES = (
    File(
        "team.csv",
        ("id",),
        (
            Column("id", ID, required=True),
            Column("name", NAME, required=True),
            Column("job_title", NAME),
            Column("email", email),
            Column("employment", employment),
            Column("roles", several),
            Column("line_leader", ID),
            Column("cover", ID),
            Column("starts_on", day),
            Column("ends_on", day),
        ),
    ),
    File(
        "groups.csv",
        ("name", "kind"),
        (
            Column("name", SHORT, required=True),
            Column("kind", kind_of_group),
            Column("tutor", ID),
            Column("phase", text(60)),
            Column("helpers", several),
        ),
    ),
    File(
        "pupils.csv",
        ("id",),
        (
            Column("id", ID, required=True),
            Column("first_name", SHORT, required=True),
            Column("last_name", SHORT),
            Column("known_as", SHORT),
            Column("born_on", day),
            Column("group", SHORT),
            Column("classes", several),
            Column("authority", NAME),
            Column("left_on", day),
        ),
    ),
    File(
        "carers.csv",
        ("id",),
        (
            Column("id", ID, required=True),
            Column("name", NAME, required=True),
            Column("called", SHORT),
            Column("email", email),
            Column("mobile", telephone),
            Column("phone", telephone),
            Column("language", text(12)),
            Column("capacity", capacity),
            Column("household", ID),
            Column("protected_address", yes_or_no),
        ),
    ),
    File(
        "links.csv",
        ("pupil", "carer"),
        (
            Column("pupil", ID, required=True),
            Column("carer", ID, required=True),
            Column("relationship", text(60), required=True),
            Column("receives", receives),
            Column("ground", NAME),
            Column("collects", yes_or_no),
            Column("order", text(200)),
            Column("order_receives", order_receives),
            Column("order_ends_on", day),
        ),
    ),
)
