"""One thing that was looked at: how it stands, in a sentence, and what to ask the mail host for."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing stands. Only FINE and LOOK count as well."""

    FINE = "fine"
    LOOK = "worth a look"
    WRONG = "wrong"
    UNKNOWN = "could not be checked"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it stands, why, and what to ask for (a record to paste, if any)."""

    about: str
    state: State
    says: str
    ask: str = ""
    record: str = ""


def fine(about: str, says: str) -> Finding:
    """It is as it should be."""
    return Finding(about, State.FINE, says)


def look(about: str, says: str, ask: str = "", record: str = "") -> Finding:
    """It works, and could be better or only a person can tell."""
    return Finding(about, State.LOOK, says, ask, record)


def wrong(about: str, says: str, ask: str = "", record: str = "") -> Finding:
    """Mail will be lost or mistrusted by it."""
    return Finding(about, State.WRONG, says, ask, record)


def unknown(about: str, says: str, ask: str = "") -> Finding:
    """Nobody could be asked, so nothing is known."""
    return Finding(about, State.UNKNOWN, says, ask)


def all_is_well(findings: list[Finding]) -> bool:
    """Whether nothing is wrong and everything could be checked."""
    return all(one.state in {State.FINE, State.LOOK} for one in findings)
