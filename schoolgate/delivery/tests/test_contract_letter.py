"""Letters on paper keep the contract of channels, as far as paper has another side."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.letter.channel import LetterChannel
from schoolgate.delivery.channels.letter.typesetting import typeset
from schoolgate.delivery.tests.contract import HOSTILE_WORDS, Arrived, Contract, Other, Stage


class TestLetter(Contract):
    """Letters."""

    folder = "letter"
    behaviours = (Other.TAKES,)
    hostile_addresses = ("", "\0", " \r\n ")

    @contextmanager
    def stage(self, other: Other) -> Iterator[Stage]:
        """A print job."""
        job = LetterChannel()
        yield Stage(job, lambda: [Arrived((one.to[0],), one.key) for one in job.job.values()])

    def letter(self, number: int) -> Letter:
        """A letter to somebody with an address."""
        return Letter(
            key=f"00000000-0000-4000-8000-00000000000{number}",
            to=f"Person {number}\n{number} School Lane\nWouldham",
            words=Words(
                sender="Medway Green School\nSchool Lane",
                sender_name="Medway Green School",
                subject="Closed today",
                text="School is closed today.\n\nIt’s the snow.",
            ),
        )

    def address(self, letter: Letter) -> str:
        """By name."""
        return letter.to.partition("\n")[0]


@pytest.mark.parametrize("words", HOSTILE_WORDS)
def test_words_reach_the_paper_as_words_and_never_as_markup(words: str) -> None:
    contract, job = TestLetter(), LetterChannel()
    letter = contract.letter(1)
    contract.handed(
        Stage(job, list),
        Letter(key="k", to=letter.to, words=contract.with_words(letter.words, words)),
    )
    made = typeset(list(job.job.values()), title="Letters", school="School")
    assert made.pdf.startswith(b"%PDF-") and made.left_out == ()


def test_a_script_without_a_font_is_named_and_holds_up_no_other_letter() -> None:
    contract, job = TestLetter(), LetterChannel()
    letter = contract.letter(1)
    strange = replace(letter, words=replace(letter.words, text="\U00012000\U00012001"))
    contract.handed(Stage(job, list), strange, contract.letter(2))
    made = typeset(list(job.job.values()), title="Letters", school="School")
    assert made.left_out == (letter.key,) and made.pdf.startswith(b"%PDF-")
