"""Whether two written names may be one person's; pure, and rather once too often than too rarely.

It never decides: what looks the same is shown to the head and the safeguarding lead.
"""

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher

ALIKE = 0.84
SHORTEST = 3  # letters; fewer are an initial
BEGINNING = 2


def may_be_the_same(one: str, other: str) -> bool:
    """Whether "Pavel Nowak" may be "Paweł Nowak", "P. Nowak" or "Nowak, Pavel".

    One part is nearly the same in both; the others at least begin alike.
    """
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    rest = list(long)
    same = [part for part in short if _take(part, rest, _nearly_the_same)]
    others = [part for part in short if part not in same]
    return bool(same) and all(_take(part, rest, _begin_alike) for part in others)


def _take(part: str, rest: list[str], alike: Callable[[str, str], bool]) -> bool:
    found = next((there for there in rest if alike(part, there)), None)
    if found is not None:
        rest.remove(found)
    return found is not None


def _nearly_the_same(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORTEST:
        return False
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _begin_alike(one: str, other: str) -> bool:
    letters = min(len(one), len(other), BEGINNING)
    return one[:letters] == other[:letters]


def _parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.translate({ord("ł"): "l", ord("Ł"): "L"}))
    letters = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    return re.findall(r"[^\W\d_]+", letters)
