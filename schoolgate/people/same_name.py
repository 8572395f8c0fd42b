"""Whether words may name somebody: pure, and rather once too often than too rarely.

It never decides: what looks the same is shown to the head and the safeguarding lead.
"""

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from schoolgate.people.kin_words import MEN, WOMEN, kin_of, kin_said_in
from schoolgate.people.letters import names_in, plain, visible
from schoolgate.people.pet_names import is_form_of

ALIKE = 0.84
SHORTEST = 3  # letters; fewer are an initial
BEGINNING = 2
FEW_WORDS = 5  # so many are a name; more are a text that may hold one
WHOLE_NAME = 6  # letters that are enough to look for without any space
_MEN = frozenset({"mr", "mister", "sir", "pan", "herr", "monsieur", "señor", "senor", "domnul"})
_WOMEN = frozenset({"mrs", "ms", "miss", "missus", "mme", "madam", "pani", "frau", "doamna"})
TITLES = _MEN | _WOMEN | {"mx", "dr", "doctor", "prof", "professor", "rev", "revd", "fr", "father"}


def may_be_the_same(one: str, other: str) -> bool:
    """Whether "Mr Nowak" or "Paul Nowak" may be "Paweł Nowak", "P. Nowak" or "Nowak, Pavel".

    One part is nearly the same in both; the others begin alike or are forms of one name.
    """
    return _same(_parts(one), _parts(other))


def is_one_name(one: str, other: str) -> bool:
    """Whether two names are two ways of writing one: "Rob Stone", "Stone, Robert", "R Stone".

    Narrower than `may_be_the_same`: "Pat Stone" and "Paul Stone" are two people.
    """
    short, long = sorted((_parts(one), _parts(other)), key=len)
    rest = list(long)
    alike = [part for part in short if _take(part, rest, _nearly_the_same)]
    others = [part for part in short if part not in alike]
    return bool(alike) and all(_take(part, rest, _form_or_initial) for part in others)


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name without titles, in one order: two that are equal are one name."""
    return tuple(sorted(_parts(name)))


def first_name_of(name: str) -> str:
    """The name to begin a letter with: "Ann" of "Mrs Ann Stone"; "Mrs Stone" is Mrs Stone."""
    family, comma, first = name.partition(",")
    words = (f"{first} {family}" if comma else name).split()
    after = [word for word in words if plain(word).strip(".") not in TITLES]
    if len(after) == len(words) or len(after) > 1:
        return after[0] if after else name
    return " ".join(words)


def may_name(words: str, name: str, relationship: str = "") -> bool:
    """Whether words of a family, a name or a whole text, may name this adult of the child.

    By any writing of the name, by "Mr" and the family name, or by who they are: "his dad".
    """
    if kin_said_in(words) & kin_of(relationship):
        return True
    said, parts = names_in(words), _parts(name)
    if not said or not parts:
        return False
    if _whole_name_in(said, parts):
        return True
    if len(said) <= FEW_WORDS:
        return _fits_the_title(said, relationship) and any(
            _same(part, parts) for part in _names_said(said)
        )
    return _stands_in(words, said, parts, relationship)


def _names_said(said: list[str]) -> list[list[str]]:
    """What may be the name in a few words: all of it, and the part from a title on."""
    without = [one for one in said if one not in TITLES]
    found = [without]
    for at, one in enumerate(said):
        if one in TITLES:
            found.append([next_one for next_one in said[at + 1 :] if next_one not in TITLES])
    return [*found, *([one, two] for one, two in zip(without, without[1:], strict=False))]


def _stands_in(words: str, said: list[str], parts: list[str], relationship: str) -> bool:
    for at, one in enumerate(said):
        before, after = said[at - 1] if at else "", said[at + 1 : at + 2]
        if before in TITLES and _alike_any(one, parts):
            if _fits_the_title([before], relationship):
                return True
        elif after and len(parts) > 1 and _same([one, *after], parts):
            return True
    first = {one for one in _capitals(words) if is_form_of(one, parts[0]) or one == parts[0]}
    return bool(first)


def _alike_any(one: str, parts: list[str]) -> bool:
    return any(_nearly_the_same(one, part) for part in parts)


def _capitals(words: str) -> set[str]:
    """The words written with a capital, made comparable: a name, and not "will" or "mark"."""
    shown = re.findall(r"[^\W_]+", visible(words))
    return {read for one in shown if one[:1].isupper() for read in names_in(one)}


def _whole_name_in(said: list[str], parts: list[str]) -> bool:
    """The name with its letters set apart or its words run together."""
    wanted, all_said = "".join(parts), "".join(said)
    turned = "".join(reversed(parts))
    return len(wanted) >= WHOLE_NAME and (
        any(name in one for one in said for name in (wanted, turned))
        or (len(said) >= len(wanted) and (wanted in all_said or turned in all_said))
    )


def _fits_the_title(said: list[str], relationship: str) -> bool:
    """Mrs Nowak is not his father; who is neither known as man nor woman may be either."""
    kin = kin_of(relationship)
    if kin <= MEN and kin and _WOMEN.intersection(said):
        return False
    return not (kin <= WOMEN and kin and _MEN.intersection(said))


def _same(first: list[str], second: list[str]) -> bool:
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    rest = list(long)
    same = [part for part in short if _take(part, rest, _nearly_the_same)]
    others = [part for part in short if part not in same]
    forms = [part for part in others if _take(part, rest, is_form_of)]
    left = [part for part in others if part not in forms]
    return bool(same or forms) and all(_take(part, rest, _begin_alike) for part in left)


def _take(part: str, rest: list[str], alike: Callable[[str, str], bool]) -> bool:
    found = next((there for there in rest if alike(part, there)), None)
    if found is not None:
        rest.remove(found)
    return found is not None


def _nearly_the_same(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORTEST:
        return False
    # A small L, a large I and the figure 1 are one sign to the eye.
    one, other = one.replace("l", "i"), other.replace("l", "i")
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _form_or_initial(one: str, other: str) -> bool:
    return is_form_of(one, other) or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _begin_alike(one: str, other: str) -> bool:
    letters = min(len(one), len(other), BEGINNING)
    return one[:letters] == other[:letters]


def _parts(name: str) -> list[str]:
    """The words of a name, the first name first; what stands behind a comma comes before it."""
    family, comma, first = visible(name).partition(",")
    whole = names_in(f"{first} {family}" if comma else plain(name))
    return [one for one in whole if one not in TITLES] or whole
