"""Folding: what a person wrote above, what they only quoted below; pure.

When unsure it shows more, never less: answers between quoted lines keep the whole text visible, and
words that merely look like a quotation need a second sign before they are folded.
"""

import re
from dataclasses import dataclass

from schoolgate.inbound.mail import quoting_words as said
from schoolgate.inbound.mail import within
from schoolgate.inbound.mail.signing_off import DIRECTION, is_marked, unsigned

MOST = 200_000  # characters; what is beyond is quotation or a dump, and stands folded as it is
LONGEST_ATTRIBUTION = 400
LONG_QUOTE = 4  # quoted lines from which an answer below is shown without them
MOST_LINES = 6  # of an attribution
MOST_QUOTES = 50  # marked by HTML
MOST_TRIES = 5_000  # lines that look like the beginning of a quotation
_ADDRESS = re.compile(r"[<\[(]?[^\s<>@()\[\]]{1,64}@[^\s<>@()\[\]]{1,190}[>\])]?")
_BRACKETED = re.compile(r"[<(\[][^\s<>@()]{1,64}@[^\s<>@()]{1,190}[>)\]]")
_DATE = re.compile(
    r"\b\d{4}[-/. 年]\s?\d{1,2}|\b\d{1,2}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}\d{2,4}|\d{1,2}[:.h]\d{2}|"
    r"\b(?:19|20)\d{2}\b|\d{1,2}月"
)
_BEGINS_DATED = re.compile(r"^\W{0,3}\d{1,4}[-/. 年]")
_LETTERS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|[٠-٩۰-۹]{1,2}:[٠-٩۰-۹]{2}")
_ADDRESSEE = re.compile(r"^[^.!?:]{0,60}<[^\s<>@]{1,64}@[^\s<>@]{1,190}>[^.!?:]{0,30}$")


@dataclass(frozen=True, slots=True)
class Folding:
    """What is shown, and what is one press away."""

    shown: str
    folded: str = ""


def fold(
    text: str,
    *,
    quotes: tuple[tuple[int, int], ...] | None = None,
    answers: bool = True,
    known: frozenset[str] = frozenset(),
) -> Folding:
    """Split a text into what was written and what was quoted; `quotes` are lines marked by HTML.

    In HTML a quotation needs a program's mark or words: people indent what they write themselves.

    A mail that answers nothing folds nothing without a second sign: what was pasted into it from
    somebody who is not among the `known` addresses, its own, is its writer's matter.
    """
    head, beyond = text[:MOST], text[MOST:]
    lines, quotes = within.apart(head.split("\n"), quotes)
    page = _Lines(lines, answers=answers, known=known)
    cut = page.cut(quotes or (), bare=quotes is None)
    if cut is None and not beyond:
        below = page.answer_below(quotes)
        if below:
            return _shown(lines, [*range(below[0]), *range(below[1], len(lines))], "")
    end = len(lines) if cut is None else cut
    return _shown(lines, list(range(end)), beyond)


def _shown(lines: list[str], kept: list[int], beyond: str) -> Folding:
    """The kept lines without what signs them off, and the others."""
    kept = unsigned(lines, kept)
    shown = "\n".join(lines[number] for number in kept).strip("\n").rstrip()
    if not shown.strip():
        whole = "\n".join(lines)
        return Folding(whole, beyond) if beyond else Folding(whole.rstrip("\n"))
    left = set(kept)
    rest = "\n".join(line for number, line in enumerate(lines) if number not in left)
    return Folding(shown, (rest + beyond).strip("\n"))


class _Lines:
    """The lines of one text, and what each looks like."""

    def __init__(self, lines: list[str], *, answers: bool, known: frozenset[str]) -> None:
        self.lines = lines
        self.answers = answers
        self.known = known
        self.tries = MOST_TRIES
        self.end = self._signature_below(len(lines))
        # Whether own words stand anywhere from a line on, and whether quoted ones do.
        self.own_from = [False] * (len(lines) + 1)
        self.marked_from = [False] * (len(lines) + 1)
        for number in range(self.end - 1, -1, -1):
            line = lines[number]
            own = bool(line.strip()) and not is_marked(line)
            self.own_from[number] = self.own_from[number + 1] or own
            self.marked_from[number] = self.marked_from[number + 1] or is_marked(line)

    def _signature_below(self, end: int) -> int:
        """Where the words end when a signature stands below everything."""
        kept = unsigned(self.lines, list(range(end)))
        return kept[-1] + 1 if kept else end

    def cut(self, quotes: tuple[tuple[int, int], ...], *, bare: bool) -> int | None:
        """The number of the first folded line; nothing when none is."""
        by_program = self._marked_by_program(quotes)
        limit = len(self.lines) if by_program is None else by_program
        for number, line in enumerate(self.lines[:limit]):
            if not line or len(line) > 2000 or is_marked(line):
                continue
            if self._begins_header(number) or self._is_rule(number):
                return self._with_line_above(number)
            if ":" in line or "：" in line or self._may_go_on(number):
                length = self._attribution(number)
                if length and self._is_quotation(number, length):
                    return self._with_line_above(number)
        if by_program is not None:
            return self._with_line_above(by_program)
        start = self._trailing_quote()
        alone = bare and self.answers
        return start if alone or (start is not None and self._says_whose(start)) else None

    def _says_whose(self, start: int) -> bool:
        """Whether a quotation begins, inside it, with who wrote it when."""
        first = " ".join(line.lstrip("> ") for line in self.lines[start : start + 6])[:400]
        return said.WROTE.search(first) is not None and _DATE.search(first) is not None

    def answer_below(self, quotes: tuple[tuple[int, int], ...] | None) -> tuple[int, int] | None:
        """The lines of one long quotation above an answer; nothing for short or several ones."""
        marked = [n for n, line in enumerate(self.lines) if is_marked(line)]
        if len(marked) < LONG_QUOTE:
            return None
        first, last = marked[0], marked[-1]
        between = self.lines[first : last + 1]
        if any(line.strip() and not is_marked(line) for line in between):
            return None
        if not self.own_from[last + 1]:
            return None
        above = first
        while above and not self.lines[above - 1].strip():
            above -= 1
        for length in range(1, MOST_LINES + 1):
            start = above - length
            if start >= 0 and self._attribution(start) == length:
                return start, last + 1
        marked_so = quotes is None or any(since <= first < until for since, until in quotes)
        return (first, last + 1) if marked_so and self.answers else None

    def _marked_by_program(self, quotes: tuple[tuple[int, int], ...]) -> int | None:
        """Where HTML says that a quotation begins, if no own words follow it or stand in it."""
        for since, until in quotes[:MOST_QUOTES]:
            until = min(until, len(self.lines))
            inner = self.lines[since:until]
            marks = [n for n, line in enumerate(inner) if is_marked(line)]
            own_below = marks and any(
                line.strip() and not is_marked(line) for line in inner[marks[0] :]
            )
            quoted = not own_below and since < until and not self.own_from[min(until, self.end)]
            if quoted and (self.answers or self._is_told_whose(since)):
                return since
        return None

    def _is_told_whose(self, since: int) -> bool:
        """Whether words beside a program's mark say that it is a quotation, and whose."""
        near = range(max(0, since - 2), min(since + 4, len(self.lines)))
        return any(self._begins_header(one) or self._attribution(one) for one in near)

    def _is_rule(self, number: int) -> bool:
        line = self.lines[number]
        if said.WROTE_RULE.match(line[:300]) and said.WROTE.search(line[:300]):
            return self.answers or self._begins_marked(number + 1)
        if not 5 < len(line) < 120 or line.lstrip()[:1] not in set("-_=*—–‐‑─"):
            return bool(
                line[:1] in "Mm"
                and said.DATED_MESSAGE.match(line)
                and self._labels(number + 1) >= 2
            )
        if said.RULE.match(line) and self.answers:
            return True
        if not said.RULED_WORDS.match(line):
            return False
        below = next((n for n in range(number + 1, min(number + 4, len(self.lines)))
                      if self.lines[n].strip()), None)  # fmt: skip
        return below is not None and (self._labels(below) >= 3 or self._attribution(below) > 0)

    def _begins_header(self, number: int) -> bool:
        """ "From:" and its usual neighbours, as Outlook writes them above what it quotes."""
        line = DIRECTION.sub("", self.lines[number])
        if len(line) > 500 or not (said.FROM_LINE.match(line) or said.BESIDE_LINE.match(line)):
            return False
        if self.answers:
            # A day, a "From:" and a "To:" may be somebody's own: three need an address too.
            addressed = any("@" in line[:500] for line in self.lines[number : number + 6])
            return self._labels(number) >= (3 if addressed else 4)
        return self._labels(number) >= 4 and self._is_of_ours(number)

    def _is_of_ours(self, number: int) -> bool:
        """Whether a header names as its writer somebody who has a part in this mail."""
        for line in self.lines[number : number + 6]:
            if said.FROM_LINE.match(DIRECTION.sub("", line[:500])):
                found = _ADDRESS.search(line[:500])
                return found is not None and not self._is_other(found[0])
        return False

    def _labels(self, number: int) -> int:
        """How many lines of a header stand from here on; none unless one says who wrote."""
        count, sender = 0, False
        self.tries -= 1
        if self.tries < 0:
            return 0
        for below in range(number, min(number + 12, len(self.lines))):
            line = DIRECTION.sub("", self.lines[below][:2000])
            if not line.strip():
                if count > 2:
                    break
                continue
            is_sender = said.FROM_LINE.match(line) is not None
            if is_sender or said.BESIDE_LINE.match(line):
                count, sender = count + 1, sender or is_sender
            elif not count or below - number > 8:
                break
        return count if sender else 0

    def _may_go_on(self, number: int) -> bool:
        """Whether a line without a colon may begin an attribution that goes on below it."""
        below = self.lines[number : number + MOST_LINES]
        return any(_ends(line) for line in below if len(line) < 400)

    def _attribution(self, number: int) -> int:
        """How many lines an attribution such as "On … wrote:" takes; 0 when none begins here."""
        length = self._ends_after(number)
        if length < 2:
            return length
        first, *more = (DIRECTION.sub("", line) for line in self.lines[number : number + length])
        if said.PASSIVE.match(first):
            return length
        # A greeting may stand right above: the line that begins is the one with the date.
        begins = _opens if _opens(first) else _is_beginning
        if any(begins(line) for line in more if not _ADDRESSEE.match(first)):
            return 0
        if _is_beginning(first):
            return length
        names = _BRACKETED.search(first) is not None
        return length if names and not any(_BRACKETED.search(line) for line in more) else 0

    def _ends_after(self, number: int) -> int:
        """How many lines from here end in an attribution's colon, or else in its last word."""
        joined, without_colon = "", 0
        self.tries -= 1
        if self.tries < 0:
            return 0
        for length in range(1, MOST_LINES + 1):
            line = self.lines[number + length - 1].strip() if self._goes_on(number, length) else ""
            joined += f" {line}"
            if not line or len(joined) > LONGEST_ATTRIBUTION:
                return without_colon
            if _has_colon(joined):
                return length if self._says_who_wrote(joined, number + length) else without_colon
            if not without_colon and _ends(joined) and self._is_dated_and_addressed(joined):
                without_colon = length
        return without_colon

    def _goes_on(self, number: int, length: int) -> bool:
        last = number + length - 1
        return last < len(self.lines) and not is_marked(self.lines[last])

    def _is_dated_and_addressed(self, words: str) -> bool:
        """ "wrote" without a colon may be anybody's sentence."""
        return _ADDRESS.search(words) is not None and _DATE.search(words) is not None

    def _says_who_wrote(self, joined: str, below: int) -> bool:
        words = DIRECTION.sub("", joined).strip()
        addressed = _ADDRESS.search(words) is not None
        dated = _DATE.search(words) is not None
        if said.WROTE.search(words):
            return addressed or any(c.isdecimal() for c in words)
        if _BRACKETED.search(words) and said.FROM_AT.search(words):
            return True
        if _BRACKETED.search(words) and dated:
            # A language that we don't know: what is quoted must bear marks.
            return bool(_BEGINS_DATED.match(words)) or self._begins_marked(below)
        return False

    def _begins_marked(self, number: int) -> bool:
        below = next((line for line in self.lines[number : number + 3] if line.strip()), "")
        return is_marked(below)

    def _is_quotation(self, number: int, length: int) -> bool:
        """Whether all below an attribution is quoted; unmarked text only below an address."""
        below = number + length
        if not self.answers and not self._is_of_ours_above(number, below):
            return False
        if not self.own_from[min(below, self.end)]:
            return True
        if self.marked_from[min(below, self.end)]:
            return self._wrapped_only(below)
        above = DIRECTION.sub("", " ".join(self.lines[number:below]))
        return _ADDRESS.search(above) is not None and _DATE.search(above) is not None

    def _is_of_ours_above(self, number: int, below: int) -> bool:
        """Whether an attribution names somebody who has a part in this mail."""
        found = _BRACKETED.search(DIRECTION.sub("", " ".join(self.lines[number:below])))
        return found is not None and not self._is_other(found[0])

    def _is_other(self, address: str) -> bool:
        plain = address.strip("<>[]()").lower()
        return bool(self.known) and not self.known & {plain, plain[plain.rfind("@") :]}

    def _wrapped_only(self, below: int) -> bool:
        """Whether the unmarked lines are ends of quoted ones that were wrapped on the way."""
        lines = self.lines[below : self.end]
        if not lines:
            return True
        first = next((line for line in lines if line.strip()), "")
        if not is_marked(first):
            return False
        before = ""
        for line in lines:
            if line.strip() and not is_marked(line):
                if len(before) < 66 or not is_marked(before) or len(line) > 30:
                    return False
                if line[:1].isupper() or not line[:1].isalpha():
                    return False
            before = line
        return is_marked(lines[-1])

    def _trailing_quote(self) -> int | None:
        """Quoted lines at the very end, when there are none before them."""
        start = self.end
        while start and (is_marked(self.lines[start - 1]) or not self.lines[start - 1].strip()):
            start -= 1
        tail = self.lines[start : self.end]
        if not any(is_marked(line) for line in tail):
            return None
        return None if any(is_marked(line) for line in self.lines[:start]) else start

    def _with_line_above(self, number: int) -> int:
        """A ruled line above belongs to what is folded."""
        above = number
        while above and not self.lines[above - 1].strip():
            above -= 1
        line = self.lines[above - 1][:200] if above else ""
        ruled = said.BARE_RULE.match(line) or said.PASSED_ON.match(line)
        return above - 1 if ruled and self.lines[above - 1] not in {"-- ", "--"} else number


def _has_colon(words: str) -> bool:
    return words.rstrip("*_ ").endswith((":", "："))


def _ends(words: str) -> bool:
    """Whether an attribution may end here: by a colon, or by the word for writing."""
    return _has_colon(words) or said.ENDS_WROTE.search(words.rstrip("*_ ")[-60:]) is not None


def _opens(line: str) -> bool:
    """Whether a line begins as "On Monday, 23 …" does."""
    return any(c.isdecimal() for c in line) and said.BEGINNING.match(line) is not None


def _is_beginning(line: str) -> bool:
    """Whether an attribution may begin with this line: its date stands there."""
    return _opens(line) or (_YEAR.search(line) is not None and _TIME.search(line) is not None)


def fold_by_twin(text: str, twin: str) -> Folding | None:
    """Fold plain words where their HTML twin, folded, ends: both must begin with the same words."""
    wanted = "".join(_LETTERS.findall(twin))
    if not wanted:
        return None
    lines, seen = text[:MOST].split("\n"), ""
    for number, line in enumerate(lines):
        seen += "".join(_LETTERS.findall(line))
        if len(seen) >= len(wanted):
            if seen != wanted:
                return None
            return _shown(lines, list(range(number + 1)), text[MOST:])
    return None
