"""How wording is written down, and how it is looked for.

A pattern is words with spaces between: `hit*` is any word that begins so; `a|b_c` is either, of one
word or of two; `*` is any word; `?my` may be missing; `...` is up to three other words, `......` up
to six; `{child}` is a set of the same file; `kill* <> her` is both, in either order, three words
apart at most. A pattern never reaches over the end of a sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from schoolgate.worries.reading import Word, words_of

About = TypeVar("About")
_SET = re.compile(r"\{(\w+)\}")
_GAP = re.compile(r"\.{3,}$")


class Step:
    """One place of a pattern: one of some words, or (none given) so many words to leap over."""

    def __init__(
        self, choices: Sequence[tuple[str, ...]], *, leap: int = 0, optional: bool = False
    ) -> None:
        self.choices = choices
        self._leap = leap
        self._optional = optional
        # By their first word, so that a step of forty words costs one look.
        self._whole: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._begun: list[tuple[str, tuple[str, ...]]] = []
        for first, *rest in choices:
            if first.endswith("*"):
                self._begun.append((first[:-1], tuple(rest)))
            else:
                self._whole[first].append(tuple(rest))

    @property
    def begins(self) -> bool:
        """Whether a pattern may begin with this step."""
        return bool(self.choices) and not self._optional

    def after(self, words: Sequence[Word], place: int) -> set[int]:
        """The places at which one may stand after this step."""
        if not self.choices:
            return _leapt(words, place, self._leap)
        ends = {place} if self._optional else set()
        if place < len(words):
            for form in words[place].forms:
                for rest in self._rests(form):
                    if _stands(words, place + 1, rest):
                        ends.add(place + 1 + len(rest))
        return ends

    def _rests(self, form: str) -> Iterator[tuple[str, ...]]:
        """What must follow a word so that a choice that begins with it is whole."""
        yield from self._whole.get(form, ())
        for beginning, rest in self._begun:
            if form.startswith(beginning):
                yield rest


def _leapt(words: Sequence[Word], place: int, leap: int) -> set[int]:
    places = {place}
    for further in range(place, min(place + leap, len(words))):
        if not words[further].forms:
            break
        places.add(further + 1)
    return places


def _stands(words: Sequence[Word], place: int, wanted: Sequence[str]) -> bool:
    if place + len(wanted) > len(words):
        return False
    return all(
        any(_is(form, one) for form in words[place + offset].forms)
        for offset, one in enumerate(wanted)
    )


def _is(form: str, wanted: str) -> bool:
    return form.startswith(wanted[:-1]) if wanted.endswith("*") else form == wanted


@dataclass(frozen=True)
class Pattern:
    """Steps in order; the first always has words of its own."""

    steps: tuple[Step, ...]

    def end(self, words: Sequence[Word], place: int) -> int | None:
        """Where the shortest reading that begins at a place ends; none if there is none."""
        places = {place}
        for step in self.steps:
            places = {after for one in places for after in step.after(words, one)}
            if not places:
                return None
        return min(places)


def read_patterns(says: str, sets: dict[str, str], leap: int = 3) -> list[Pattern]:
    """The patterns of one line of wording. Raises ValueError for a line that can't be read."""
    sides = [_steps(side, sets, leap) for side in says.split("<>")]
    if len(sides) == 1:
        return [_pattern(says, sides[0])]
    between = Step((), leap=leap)
    one, other = sides
    return [_pattern(says, [*one, between, *other]), _pattern(says, [*other, between, *one])]


def _pattern(says: str, steps: list[Step]) -> Pattern:
    if not steps or not steps[0].begins:
        raise ValueError(f"This wording does not begin with a word: {says!r}")
    return Pattern(tuple(steps))


def _steps(says: str, sets: dict[str, str], leap: int) -> list[Step]:
    filled = _SET.sub(lambda name: sets[name[1]], says)
    return [_step(written, leap) for written in filled.split()]


def _step(written: str, leap: int) -> Step:
    if _GAP.match(written.removeprefix("?")):
        return Step((), leap=leap * (written.count(".") // 3))
    choices = tuple(
        _choice(choice) for choice in written.removeprefix("?").replace("_", " ").split("|")
    )
    return Step(choices, optional=written.startswith("?"))


def _choice(written: str) -> tuple[str, ...]:
    """The words of a choice, read as a text is read, so that both are written in one way."""
    read: list[str] = []
    for part in written.split():
        if part == "*":
            read.append(part)
            continue
        forms = [word.forms[0] for word in words_of(part.removesuffix("*"))]
        if part.endswith("*"):
            forms[-1] += "*"
        read += forms
    if not read:
        raise ValueError(f"There is no word in {written!r}")
    return tuple(read)


class Book(Generic[About]):
    """Patterns under the words with which they begin, so that few are tried at any place."""

    def __init__(self, patterns: Iterable[tuple[Pattern, About]]) -> None:
        self._whole: dict[str, list[tuple[Pattern, About]]] = defaultdict(list)
        self._begun: dict[str, list[tuple[Pattern, About]]] = defaultdict(list)
        for pattern, about in patterns:
            for word in {choice[0] for choice in pattern.steps[0].choices}:
                shelf = self._begun if word.endswith("*") else self._whole
                shelf[word.removesuffix("*")].append((pattern, about))
        self._lengths = sorted({len(beginning) for beginning in self._begun})

    def found(self, words: Sequence[Word]) -> Iterator[tuple[About, int, int]]:
        """What stands in these words: about what, from which word, up to which."""
        for place, word in enumerate(words):
            for form in word.forms:
                for pattern, about in self._beginning(form):
                    end = pattern.end(words, place)
                    if end is not None:
                        yield about, place, end

    def _beginning(self, form: str) -> Iterator[tuple[Pattern, About]]:
        yield from self._whole.get(form, ())
        for length in self._lengths:
            if length > len(form):
                break
            yield from self._begun.get(form[:length], ())
