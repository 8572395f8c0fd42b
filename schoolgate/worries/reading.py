"""A text as words to compare: without accents, capitals and invisible signs."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# A message is rarely over 5,000 characters. What stands after this is read by a person alone.
LONGEST = 50_000

_CHINESE = "\u3400-\u9fff"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_LETTER = rf"(?![{_CHINESE}])[^\W_][{_MARKS}]*"
# Chinese is read sign by sign. A dot ends a sentence; dots in a row are a pause within it.
_PIECE = re.compile(
    rf"(?P<word>[{_CHINESE}]|(?:{_LETTER})+(?:'(?:{_LETTER})+)*)"
    r"|(?P<stop>[!?;\u06d4\u061f\u061b\u3002]|(?<!\.)\.(?!\.)|\n[ \t\r]*\n)"
)
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4`", "'"))
_OLD_SIGNS = "殺兒媽傷學過來們個說見離該對藥醫請車間會沒裡從為後誰還給門燒發頭幾週塊親話體師藏槍"
_NEW_SIGNS = "杀儿妈伤学过来们个说见离该对药医请车间会没里从为后谁还给门烧发头几周块亲话体师藏枪"
# One way of writing what people write in several: Persian and Arabic letters, old Chinese signs.
_SAME = {
    **dict(zip("łøđıٱىیکہھۂة", "lodiاييكهههه", strict=True)),
    **dict(zip(_OLD_SIGNS, _NEW_SIGNS, strict=True)),
    "\u0640": "",
}
_LETTERS = str.maketrans(_SAME)
_SHORTENED = {
    "qu",
    "jusqu",
    "lorsqu",
    "puisqu",
    "dell",
    "all",
    "nell",
    "sull",
    "dall",
    "un",
    "quest",
}
_JOINED = ("وال", "بال", "ال", "و", "ف", "ب", "ل", "س")
_MANY = re.compile(r"([^\d])\1{2,}")  # 1112 is not 112


class Word(NamedTuple):
    """One word in each form in which it may be looked for; without any form, a sentence ends."""

    forms: tuple[str, ...]
    begin: int
    end: int


def cleaned(text: str) -> str:
    """As much of a text as is looked at, with one kind of quote and nothing invisible."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].translate(_QUOTES)
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def words_of(text: str) -> list[Word]:
    """The words of a cleaned text, in order."""
    words: list[Word] = []
    for piece in _PIECE.finditer(text):
        if piece["stop"]:
            words.append(Word((), piece.start(), piece.end()))
        else:
            words.extend(_parts(piece["word"], piece.start()))
    return words


def _parts(word: str, begin: int) -> Iterator[Word]:
    """I'm is two words, and so is l'école; don't is one."""
    end = begin + len(word)
    while "'" in word:
        before, after = word.split("'", 1)
        if len(before) > 2 and folded(before) not in _SHORTENED:
            word = before + after
            continue
        yield Word((folded(before),), begin, begin + len(before))
        begin, word = end - len(after), after
    yield Word(_forms(folded(word)), begin, end)


def folded(word: str) -> str:
    """A word without capitals and accents, letters drawn out made short."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.casefold())
        word = "".join(sign for sign in word if not unicodedata.combining(sign))
        word = word.translate(_LETTERS)
    return _MANY.sub(r"\1\1", word.lower())


def _forms(word: str) -> tuple[str, ...]:
    """Arabic writes "and", "the", "with" and "will" onto the word that follows."""
    if "\u0600" <= word[:1] <= "\u06ff":
        bare = (word[len(joined) :] for joined in _JOINED if word.startswith(joined))
        return (word, *(form for form in bare if len(form) > 2))
    return (word,)
