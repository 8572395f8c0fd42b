"""What a channel is: lines that hand finished letters over, and say what came of each.

A channel is a folder below `channels`; it knows this page and the errors, and nothing else of the
house. docs/add-a-channel.md lists every file of one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from schoolgate.delivery.errors import DeliveryError

SLOT_BEGIN, SLOT_END = "\ue000", "\ue001"


def slot(name: str) -> str:
    """The mark in composed words where each person's own words go."""
    return f"{SLOT_BEGIN}{name}{SLOT_END}"


@dataclass(frozen=True, eq=False, kw_only=True)
class Words:
    """What all letters of one content, language and form have in common; composed once.

    Compared by identity, so that a channel may keep what it made of it.
    """

    sender: str = ""
    sender_name: str = ""
    domains: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    html: str = ""
    language: str = "en"
    automatic: bool = False
    large_print: bool = False
    headers: tuple[tuple[str, str], ...] = ()  # their values may hold slots
    page: str = ""  # where it can be read in the portal
    contact: str = ""  # mailto:, whom a push service may write to
    is_pressing: bool = False  # leaves a sleeping device no peace
    hooks: str = ""  # where a provider tells what became of it


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Letter:
    """One finished letter for one person, as a channel takes it."""

    number: int = 0  # the parcel's
    key: str  # the same for every repeat: Message-ID, idempotency key
    to: str
    words: Words
    shown_to: str = ""  # what the record keeps in the place of `to`
    fills: Mapping[str, str] = field(default_factory=dict)  # slot -> this person's words
    reply_to: str = ""
    answers: str = ""
    thread_id: str = ""

    def filled(self, words: str) -> str:
        """Words with this person's own put in."""
        if SLOT_BEGIN not in words:
            return words
        for name, own in self.fills.items():
            words = words.replace(slot(name), own)
        return words


class Log(Protocol):
    """What a line tells while it works; each letter is begun once and then ends once."""

    def begun(self, letter: Letter) -> None:
        """From now on the letter may arrive."""

    def answered(self, letter: Letter, said: str) -> None:
        """The other side has taken it; `said` is its answer, or its own number for the message."""

    def refused(self, letter: Letter, why: DeliveryError) -> None:
        """It was not taken, for now or for good, or the answer was lost."""


class Line(Protocol):
    """One kept way to the other side; used by one thread at a time."""

    def hand_over(self, letters: Iterable[Letter], log: Log) -> None:
        """Hand letters over in their order and tell of each; raises nothing of its own."""

    def close(self) -> None:
        """Let go of what is kept open."""


class Channel(Protocol):
    """One way out of the post room."""

    most_lines: int
    # Whether a letter whose answer was lost may be handed over once more under the same key.
    repeats_in_doubt: bool

    def open(self) -> Line:
        """A line of its own; opening it may wait until the first letter."""


class OneByOne:
    """A line whose other side takes one letter at a time: a channel writes `send`."""

    def send(self, letter: Letter) -> str:
        """Hand one letter over; what the other side said. Raises TryLater, Refused, AnswerLost."""
        raise NotImplementedError

    def hand_over(self, letters: Iterable[Letter], log: Log) -> None:
        """Hand letters over in their order and tell of each."""
        for letter in letters:
            log.begun(letter)
            try:
                said = self.send(letter)
            except DeliveryError as refusal:
                log.refused(letter, refusal)
            else:
                log.answered(letter, said)

    def close(self) -> None:
        """Nothing is kept open."""
