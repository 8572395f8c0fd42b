"""What a text speaks of, by its wording: every language at once, since families mix them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from schoolgate.worries.reading import Word, cleaned, folded, words_of
from schoolgate.worries.reasons import REASONS, Kind
from schoolgate.worries.wording import BOOK, Line, Role

# How wordings call the child of whom somebody writes, as words are compared.
_A_CHILD_IN_WORDS = (
    "son daughter child him her mab merch plentyn syn syna synowi córka córkę córce dziecko fiul "
    "fiica copilul fils fille enfant sohn tochter kind hijo hija filho filha criança figlio figlia "
    "bambino bambina zoon dochter ابني ابنتي طفلي بیٹا بیٹے بیٹی"
)
A_CHILD = tuple(map(folded, _A_CHILD_IN_WORDS.split()))
# "He never hit me": a denial stands next to what it denies, or one word before it.
REACH_OF_NO = 1


@dataclass(frozen=True)
class Worry:
    """One thing that a text speaks of; `words` are the text's own."""

    kind: Kind
    reason: str
    words: str
    language: str


@dataclass(frozen=True)
class _Place:
    """Where a line of wording stands in the text: from which word, up to which."""

    line: Line
    begin: int
    end: int


class _TakenBack:
    """What the text itself takes back: a manner of speaking, a denial, another day, a film.

    Sets of places, so that time grows with the length of the text whatever stands in it.
    """

    def __init__(self, places: Iterable[_Place], words: Sequence[Word]) -> None:
        self._sentences = list(accumulate(not word.forms for word in words))
        self._idioms: set[int] = (
            set()
        )  # of every language: "suicide prevention" is two words in five
        self._denied: set[tuple[str, int]] = set()
        self._unless: set[tuple[str, str, int]] = set()
        for place in places:
            self._note(place)

    def _note(self, place: _Place) -> None:
        line = place.line
        if line.role is Role.IDIOM:
            self._idioms.update(range(place.begin, place.end))
        elif line.role is Role.NO:
            for at in range(place.end, place.end + REACH_OF_NO + 1):
                if at < len(self._sentences) and self._together(place.begin, at):
                    self._denied.add((line.language, at))
        else:
            self._unless.add((line.language, line.unless, self._sentences[place.begin]))

    def _together(self, one: int, other: int) -> bool:
        return self._sentences[one] == self._sentences[other]

    def holds(self, place: _Place) -> bool:
        """Whether the text takes this finding back."""
        line = place.line
        return (
            (line.language, place.begin) in self._denied
            or (line.language, line.reason, self._sentences[place.begin]) in self._unless
            or any(at in self._idioms for at in range(place.begin, place.end))
        )


def found(text: str, names: Iterable[str] = ()) -> tuple[Worry, ...]:
    """What a text speaks of, danger first; each reason once. It never looks at tone (threat T12).

    `names` are those of the family's children: where one stands, "my son" might as well. Time grows
    with the length of the text; only its first 50,000 characters are read.
    """
    text = cleaned(text)
    words = _with_names(words_of(text), names)
    places = [_Place(*one) for one in BOOK.found(words)]
    taken_back = _TakenBack((one for one in places if one.line.role is not Role.WORRY), words)
    told: dict[str, Worry] = {}
    for place in places:
        reason = place.line.reason
        if reason and reason not in told and not taken_back.holds(place):
            told[reason] = _worry(place, words, text)
    return tuple(sorted(told.values(), key=lambda worry: list(Kind).index(worry.kind)))


def _with_names(words: list[Word], names: Iterable[str]) -> list[Word]:
    """A child's name is also every word for a child."""
    known = {folded(name) for name in names if len(name) > 1}
    return [
        word._replace(forms=(*word.forms, *A_CHILD)) if known.intersection(word.forms) else word
        for word in words
    ]


def first(text: str) -> bool:
    """Whether somebody should read this before the rest: it may speak of danger."""
    return any(worry.kind is Kind.DANGER for worry in found(text))


def _worry(place: _Place, words: Sequence[Word], text: str) -> Worry:
    reason = REASONS[place.line.reason]
    quote = text[words[place.begin].begin : words[place.end - 1].end]
    return Worry(reason.kind, reason.says, " ".join(quote.split()), place.line.language)
