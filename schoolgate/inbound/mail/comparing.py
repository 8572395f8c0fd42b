"""What stands in an answer, beside what we sent: its writer's own words, wherever they stand; pure.

A quotation is told from words by what a mail program writes around it. What it holds is told by
comparing it with what we sent: only that is ours, and all else somebody wrote.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schoolgate.inbound.mail import quoting_words as said
from schoolgate.inbound.mail.prefixes import ANSWERED, FORWARDED
from schoolgate.inbound.mail.signing_off import DIRECTION, is_marked

MOST_SENT = 2_000_000  # characters of what we sent
MOST_BELOW = 8  # lines below the last of ours that may be answers
MOST_PREFIXES = 6
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"^[\s>|*]+")
_LINK = re.compile(r"[<(\[]?(?:https?://|mailto:)\S+")
# What servers write below every mail that passes by them.
_FOOTER = re.compile(
    r"virus|scanned|confidential|disclaimer|unsubscribe|intended recipient|avast|https?://", re.I
)
_TAG = re.compile(r"^\s*[\[(](?:external|extern|ext|caution|spam)[\])]\s*:?", re.I)


@dataclass(frozen=True, slots=True)
class Sent:
    """The words of what we sent, each text as one run of words."""

    runs: str = ""
    subjects: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str], subjects: Iterable[str] = ()) -> "Sent":
        """Read the texts and subjects of what we sent."""
        runs, length = [], 0
        for text in texts:
            length += len(text)
            if length > MOST_SENT:
                break
            runs.append(f" {_run(text)} ")
        return cls("\n".join(runs), tuple(subjects))

    def has(self, line: str) -> bool:
        """Whether all words of a line stand in what we sent, in that order."""
        run = _run(line)
        return not run or f" {run} " in self.runs

    def not_in_it(self, text: str) -> str:
        """The lines of a text that we did not send."""
        return "\n".join(line for line in text.split("\n") if not self.has(line))

    def is_answered_within(self, quotation: str) -> bool:
        """Whether somebody wrote between or below the lines of ours in a quotation."""
        lines = [one for one in quotation.split("\n") if _run(one)]
        ours = [n for n, line in enumerate(lines) if self.has(line) and " " in _run(line)]
        if not ours:
            return False
        first, last = ours[0], ours[-1]
        if any(_is_own(line) and not self.has(line) for line in lines[first:last]):
            return True
        below = lines[last + 1 :]
        unmarked = all(_is_own(line) and not is_marked(line) for line in below)
        return 0 < len(below) <= MOST_BELOW and unmarked

    def differs(self, subject: str) -> bool:
        """Whether a subject is none that we wrote, whatever programs put before it."""
        mine = _bare(subject)
        if not mine:
            return False
        known = [_bare(one) for one in self.subjects]
        return not any(mine == one or (len(one) > 60 and mine.startswith(one)) for one in known)


def _is_own(line: str) -> bool:
    """Whether a line may be somebody's words: no head of a quotation, no footer, no link."""
    bare = _MARKS.sub("", DIRECTION.sub("", line))[:2000]
    if said.FROM_LINE.match(bare) or said.BESIDE_LINE.match(bare) or _FOOTER.search(bare):
        return False
    if said.RULE.match(bare) or said.WROTE_RULE.match(bare[:300]):
        return False
    return not (said.WROTE.search(bare) and any(c.isdecimal() for c in bare))


def _run(text: str) -> str:
    return " ".join(_WORD.findall(_LINK.sub(" ", text).casefold()))


def _bare(subject: str) -> str:
    """A subject without Re:, Fwd:, [External] and the like."""
    for _ in range(MOST_PREFIXES):
        found = ANSWERED.match(subject) or FORWARDED.match(subject) or _TAG.match(subject)
        if not found:
            break
        subject = subject[found.end() :]
    return _run(subject)
