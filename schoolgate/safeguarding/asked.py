"""What the database's own functions answer: ids and moments, never words (migration 0003).

They stand above the seal so that who raises a concern, and the job that rings, need not read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a concern is about an adult who works here, and about whom, as it stands now."""

    about_adult: bool
    about: int | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A concern that nobody has read since they were last called to look (UTC)."""

    concern: int
    call: int
    called_at: datetime
    author: int
    about_adult: bool
    about: int | None
    told: Sequence[int]
    steps: Sequence[str]


@dataclass(frozen=True, slots=True)
class Circle:
    """What decides who is told of a concern: whom it is about, who raised it, who never is told."""

    about_adult: bool
    about: int | None
    author: int = 0
    never: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class InHand:
    """A claimed alert, as much of it as handing over needs."""

    id: int
    public_id: UUID
    member: int
    step: str
    tries: int


def judged() -> Func:
    """Whether the one who asks reads a concern by role, and not only because they wrote it."""
    return Func(F("pk"), function="safeguarding_judges", output_field=BooleanField())


def standing(concern: int) -> Standing:
    """How a concern stands now; what is not there is about nobody."""
    rows = _rows("SELECT * FROM safeguarding_stands(%s)", concern)
    return Standing(*rows[0]) if rows else Standing(about_adult=False, about=None)


def circle(concern: int, *, author: int) -> Circle:
    """What decides who is told of one concern, raised by a user, as it stands now."""
    now = standing(concern)
    return Circle(now.about_adult, now.about, author, never_told(concern))


def circle_of(unread: Unread) -> Circle:
    """The same of a concern that nobody has read."""
    return Circle(unread.about_adult, unread.about, unread.author, never_told(unread.concern))


def never_told(concern: int) -> frozenset[int]:
    """The members who are never called for a concern: whom it is about, from whom it is kept."""
    return frozenset(row[0] for row in _rows("SELECT * FROM safeguarding_never_told(%s)", concern))


def call(*, concern: int, step: str, members: Sequence[int], at: datetime) -> int:
    """Alert members, each once for this step of this call; how many are new (UTC)."""
    return _number("SELECT safeguarding_call(%s, %s, %s, %s)", concern, step, list(members), at)


def alarm(
    *, members: Sequence[int], at: datetime, gap: int | None = None, pupil: int | None = None
) -> int:
    """Alert members of a gap in the rota, or of a file that is owed; each once (UTC)."""
    return _number("SELECT safeguarding_alarm(%s, %s, %s, %s)", gap, pupil, list(members), at)


def unread() -> list[Unread]:
    """What nobody has read since the last call."""
    return [Unread(*row) for row in _rows("SELECT * FROM safeguarding_unread()")]


def files_owed() -> list[tuple[int, date]]:
    """Children who left, with something sealed about them and no receipt; and their last day."""
    return [(row[0], row[1]) for row in _rows("SELECT * FROM safeguarding_files_owed()")]


def claim(*, at: datetime, most: int) -> list[InHand]:
    """Claim alerts that are due, oldest first; a dead process's claim is repeated once (UTC)."""
    return [InHand(*row) for row in _rows("SELECT * FROM safeguarding_claim(%s, %s)", at, most)]


def settle(*, alert: int, state: str, at: datetime, again: datetime | None = None) -> None:
    """Write what came of a claimed alert (UTC)."""
    _rows("SELECT safeguarding_settle(%s, %s, %s, %s)", alert, state, at, again)


def break_glass(*, pupil: int, reason: str, at: datetime) -> UUID | None:
    """Open the newest concern about a child beyond one's sight; always written down (UTC)."""
    found: UUID | None = _rows("SELECT safeguarding_break_glass(%s, %s, %s)", pupil, reason, at)[0][
        0
    ]
    return found


def take_turns(concern: int) -> None:
    """Whoever writes about a concern waits for who writes about it now, until the commit."""
    _rows("SELECT pg_advisory_xact_lock(%s)", (0x5AFE << 44) + concern)


def _number(sql: str, *values: Any) -> int:
    return int(_rows(sql, *values)[0][0])


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
