"""What every channel keeps, whatever stands behind it; each runs this same suite with its fake."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from enum import StrEnum

import pytest

from schoolgate.delivery.channel import Channel, Letter, Words
from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater


class Other(StrEnum):
    """How the other side behaves."""

    TAKES = "takes"
    LATER = "later"  # not now
    NEVER = "never"  # not this one, ever
    LOSES = "loses"  # has it, and its answer is lost
    GARBAGE = "garbage"  # answers with what is no answer
    SLOW = "slow"  # answers after we have gone
    SHUT = "shut"  # nobody listens
    NO_TLS = "no tls"  # speaks plainly where it must not


@dataclass(frozen=True)
class Arrived:
    """What the other side has: to whom, by every name in it, under which key."""

    to: tuple[str, ...]
    key: str


@dataclass
class Stage:
    """A channel before the other side; `arrived` reads what it has."""

    channel: Channel
    arrived: Callable[[], list[Arrived]]


@dataclass
class Told:
    """A log that keeps what it is told, in order."""

    words: list[tuple[str, str]] = field(default_factory=list)
    refusals: list[DeliveryError] = field(default_factory=list)

    def begun(self, letter: Letter) -> None:
        """It may arrive from now on."""
        self.words.append(("begun", letter.key))

    def answered(self, letter: Letter, said: str) -> None:
        """It was taken."""
        assert isinstance(said, str) and "\0" not in said
        self.words.append(("ended", letter.key))

    def refused(self, letter: Letter, why: DeliveryError) -> None:
        """It was not."""
        assert isinstance(why, DeliveryError) and "\0" not in str(why)
        self.words.append(("ended", letter.key))
        self.refusals.append(why)

    def ends(self) -> list[str]:
        """The keys of which the end was told."""
        return [key for word, key in self.words if word == "ended"]


HOSTILE_WORDS = (
    "",
    "Line\r\nBcc: mia@example.org\r\n\r\nmore",
    "</Say><Dial>+447700900999</Dial>",
    "\0\x07\x1b[2J",
    "#import(sys)[= not a heading] $x$ `raw` \\",
    "🙂" * 5000,
    "\u202egnorw",
)


class Contract:
    """The suite; a channel names itself, its letters and its stages."""

    folder = ""
    behaviours: tuple[Other, ...] = tuple(Other)
    hostile_addresses: tuple[str, ...] = ()
    # Whether it says "begun" only once the other side has agreed to the address.
    begins_late = False

    def stage(self, other: Other) -> AbstractContextManager[Stage]:
        """The channel before an other side that behaves so."""
        raise NotImplementedError

    def letter(self, number: int) -> Letter:
        """A letter to a person of its own."""
        raise NotImplementedError

    def address(self, letter: Letter) -> str:
        """By which name the other side knows its person."""
        return letter.to

    @pytest.fixture
    def takes(self) -> Iterator[Stage]:
        """A channel before an other side that takes everything."""
        with self.stage(Other.TAKES) as stage:
            yield stage

    def handed(self, stage: Stage, *letters: Letter) -> Told:
        """What a line tells of letters."""
        told, line = Told(), stage.channel.open()
        try:
            line.hand_over(iter(letters), told)
        finally:
            line.close()
        return told

    def test_each_letter_is_handed_over_once_and_told_of_once(self, takes: Stage) -> None:
        letters = [self.letter(number) for number in range(5)]
        told = self.handed(takes, *letters)
        assert told.refusals == []
        assert told.ends() == [letter.key for letter in letters]
        assert sorted(one.key for one in takes.arrived()) == sorted(one.key for one in letters)

    def test_a_letter_is_begun_before_it_may_arrive(self, takes: Stage) -> None:
        seen: list[int] = []
        told = Told()

        class Watching(Told):
            def begun(self, letter: Letter) -> None:
                seen.append(sum(one.key == letter.key for one in takes.arrived()))
                told.begun(letter)

        line = takes.channel.open()
        line.hand_over(iter([self.letter(1), self.letter(2)]), Watching())
        line.close()
        assert seen == [0, 0]

    def test_no_letter_has_two_recipients(self, takes: Stage) -> None:
        letters = [self.letter(number) for number in range(5)]
        self.handed(takes, *letters)
        by_key = {letter.key: (self.address(letter),) for letter in letters}
        assert {one.key: one.to for one in takes.arrived()} == by_key

    def test_a_repeat_has_the_same_key(self, takes: Stage) -> None:
        letter = self.letter(1)
        self.handed(takes, letter)
        self.handed(takes, letter)
        assert {one.key for one in takes.arrived()} == {letter.key}

    def test_a_line_can_be_closed_twice_and_used_again(self, takes: Stage) -> None:
        line, told = takes.channel.open(), Told()
        line.close()
        line.hand_over(iter([self.letter(1)]), told)
        line.close()
        line.close()
        line.hand_over(iter([self.letter(2)]), told)
        line.close()
        assert len(told.ends()) == 2 and told.refusals == []

    def test_an_empty_claim_does_nothing(self, takes: Stage) -> None:
        assert self.handed(takes).words == [] and takes.arrived() == []

    @pytest.mark.parametrize(
        ("other", "kind"),
        [
            (Other.LATER, TryLater),
            (Other.NEVER, Refused),
            (Other.LOSES, AnswerLost),
            (Other.SLOW, AnswerLost),
            (Other.SHUT, TryLater),
            (Other.NO_TLS, TryLater),
        ],
    )
    def test_what_the_other_side_does_becomes_one_of_three_kinds(
        self, other: Other, kind: type[DeliveryError]
    ) -> None:
        told = self.behaved(other)
        assert told.refusals and all(isinstance(one, kind) for one in told.refusals)

    def test_an_answer_that_is_none_harms_nobody(self) -> None:
        assert self.behaved(Other.GARBAGE).refusals

    @pytest.mark.parametrize("words", HOSTILE_WORDS)
    def test_hostile_words_go_to_one_person_or_nobody(self, takes: Stage, words: str) -> None:
        letter = self.letter(1)
        hostile = replace(letter, words=self.with_words(letter.words, words))
        told = self.handed(takes, hostile, self.letter(2))
        assert sorted(told.ends()) == sorted([hostile.key, self.letter(2).key])
        allowed = {self.address(letter), self.address(self.letter(2))}
        assert {to for one in takes.arrived() for to in one.to} <= allowed

    def test_hostile_addresses_reach_nobody(self, takes: Stage) -> None:
        for to in self.hostile_addresses:
            told = self.handed(takes, replace(self.letter(1), to=to))
            assert len(told.ends()) == 1 and told.refusals, to
        assert takes.arrived() == []

    def with_words(self, words: Words, hostile: str) -> Words:
        """The same words with something hostile in the place of the author's."""
        return replace(words, text=hostile, subject=hostile[:150])

    def behaved(self, other: Other) -> Told:
        """What two letters meet; each is told of once, and nothing else escapes."""
        if other not in self.behaviours:
            pytest.skip("Nothing behaves so behind this channel.")
        with self.stage(other) as stage:
            told = self.handed(stage, self.letter(1), self.letter(2))
        assert sorted(told.ends()) == sorted([self.letter(1).key, self.letter(2).key])
        assert len(told.words) <= 4
        return told
