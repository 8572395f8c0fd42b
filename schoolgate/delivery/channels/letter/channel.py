"""Letters: handed over to the print job, which one press of the office makes."""

import re
from dataclasses import dataclass, field

from schoolgate.delivery.channel import Letter, OneByOne
from schoolgate.delivery.channels.letter.typesetting import Sheet
from schoolgate.delivery.errors import Refused

LONGEST = 20_000  # characters: about eight pages


@dataclass
class LetterChannel(OneByOne):
    """One print job: the same letter twice lies in it once."""

    job: dict[str, Sheet] = field(default_factory=dict)
    most_lines: int = 1
    repeats_in_doubt: bool = True

    def open(self) -> "LetterChannel":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Lay one letter into the job. Raises Refused without a name or with no end."""
        to, words = _lines(letter.to), letter.filled(letter.words.text)
        if not to or len(words) > LONGEST:
            raise Refused("A letter has a name, and at most eight pages.")
        self.job[letter.key] = Sheet(
            key=letter.key,
            to=to,
            sender=_lines(letter.words.sender),
            subject=_clean(letter.words.subject) or letter.words.sender_name,
            words=tuple(_lines(part) for part in re.split(r"\n\s*\n", words) if part.strip()),
            language=letter.words.language[:2] or "en",
            large_print=letter.words.large_print,
        )
        return "in the print job"


def _lines(words: str) -> tuple[str, ...]:
    cleaned = (_clean(line) for line in words.splitlines())
    return tuple(line for line in cleaned if line)


def _clean(line: str) -> str:
    """Without what no printer knows."""
    return "".join(one for one in line if one.isprintable()).strip()
