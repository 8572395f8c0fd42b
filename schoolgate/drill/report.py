"""What a drill found, as data: who was told, when and how, and where it fails."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Code(StrEnum):
    """The kinds of faults that a drill names."""

    NOBODY_TOLD = "nobody told"
    ONE_TOLD = "one person told"
    ROTA_GAP = "rota gap"
    NO_NUMBER = "no number"
    STALE_NUMBER = "stale number"
    DEAD_NUMBER = "dead number"
    ROLE_UNHELD = "role that nobody holds"
    ADDRESS = "address"
    WRONG_ROUTE = "wrong route"
    NO_OTHER_WAY = "no other way"
    NO_COVER = "absence without cover"
    SUBJECT_ON_PATH = "the subject is told"
    OFFICE_EMPTY = "nobody in the office"
    TOO_LATE = "too late"
    ADDRESS_KEPT = "protected address kept"
    ADDRESS_SHOWN = "protected address shown"
    CLASS_SHOWN = "child's class told"
    CONFIRMED = "confirmed by the wrong way"
    ROUTE_LEFT_SAFE = "route left safe"
    OWN_FAMILY = "own family on the lists"
    FROM_ABOVE = "names seen from above"
    NOT_WARNED = "not warned"
    HOME_TIME_NOT_SET = "home time not set"
    NO_ROUTE = "no route that works"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody is told something at a moment (UTC), by a route; `member` where they work here."""

    at: datetime
    who: str
    route: str
    what: str
    member: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Where it fails, in a sentence, and what to do about it."""

    code: Code
    sentence: str
    what_to_do: str


@dataclass
class Report:
    """One drill that was played at a school; `at` and the moments of its lines in UTC."""

    name: str
    title: str
    school: str
    zone: str
    at: datetime
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, *faults: Fault | None) -> None:
        """Name faults, each once."""
        self.faults += [one for one in faults if one is not None and one not in self.faults]

    @property
    def in_order(self) -> list[Line]:
        """The lines by their moments, each once; at one moment as they came."""
        return sorted(dict.fromkeys(self.lines), key=lambda line: line.at)
