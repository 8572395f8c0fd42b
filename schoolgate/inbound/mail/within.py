"""An attribution that begins within a line, as where HTML was made flat: it begins a line; pure."""

import re

from schoolgate.inbound.mail import quoting_words as said

MOST_LINE = 2_000  # characters of a line that is looked at
MOST_STARTS = 5  # places in a line where one may begin, the last ones
MOST_BELOW = 2  # lines on which it may go on
MOST_LINES = 5_000
_START = re.compile(
    r"(?<=\S)[ \t]+(?=(?:On|Ar|W dniu|Dnia|dnia|În|Pe|La|Le|Am|El|Em|No dia|Il|Op|Den|Dne)\s)"
)
_WHOLE = re.compile(
    r"[^<>\n]{3,200}[<(][^\s<>@()]{1,64}@[^\s<>@()]{1,190}[>)][^<>\n]{0,40}[:：]\s*\Z"
)
_DATED = re.compile(r"\b(?:19|20)\d{2}\b|\d{1,2}[:.h]\d{2}")

Quotes = tuple[tuple[int, int], ...] | None


def apart(lines: list[str], quotes: Quotes) -> tuple[list[str], Quotes]:
    """The lines with such attributions on lines of their own; `quotes` go by the new numbers."""
    new: list[str] = []
    moved: list[int] = []
    for number, line in enumerate(lines):
        moved.append(len(new))
        place = _begins(lines, number) if number < MOST_LINES and 20 < len(line) < MOST_LINE else 0
        new += [line[:place].rstrip(), line[place:].lstrip()] if place else [line]
    if len(new) == len(lines):
        return lines, quotes
    moved.append(len(new))
    if quotes is None:
        return new, None
    last = len(lines)
    return new, tuple((moved[min(one, last)], moved[min(other, last)]) for one, other in quotes)


def _begins(lines: list[str], number: int) -> int:
    """Where in a line an attribution begins that ends its line, or one right below; 0 for none."""
    line = lines[number]
    if line.startswith(">"):
        return 0
    for found in list(_START.finditer(line))[-MOST_STARTS:]:
        joined = line[found.end() :].strip()
        for below in range(MOST_BELOW + 1):
            if below:
                if number + below >= len(lines) or len(lines[number + below]) > MOST_LINE:
                    break
                joined += " " + lines[number + below].strip()
            if _WHOLE.match(joined) and said.WROTE.search(joined) and _DATED.search(joined):
                return found.end()
    return 0
