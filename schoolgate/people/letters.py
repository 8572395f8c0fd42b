"""Written words made comparable: no accents, no invisible signs, no look-alikes; pure.

One way for finding a name and for looking somebody up. The database's sort key (the function
`people_sort_key`) does the same for the letters of the Latin alphabet.
"""

import re
import unicodedata

# Letters that Unicode takes for letters of their own, so that no accent comes off.
_OWN = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
        "ı": "i", "ħ": "h", "ə": "e", "ŋ": "n",
        "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "′": "'",
    }
)  # fmt: skip
# What shows as nothing, though Unicode calls it a letter or a sign.
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}
_LOOKS = str.maketrans(
    {
        "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c",
        "т": "t", "у": "y", "х": "x", "і": "i", "ї": "i", "ј": "j", "ѕ": "s", "ԁ": "d", "һ": "h",
        "ӏ": "l", "ԛ": "q", "ԝ": "w", "г": "r", "п": "n", "и": "u",
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p",
        "τ": "t", "υ": "u", "χ": "x", "ω": "w",
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s",
    }
)  # fmt: skip
_SOUNDS = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ё": "yo",
        "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
        "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
        "ю": "yu", "я": "ya",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
        "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
        "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SPELT_OUT = re.compile(r"\b\w(?:[ .\-_*]{1,3}\w\b){2,}")
_LATIN = re.compile(r"[a-z]")


def visible(words: str) -> str:
    """The words without signs that nobody sees, such as a zero-width space within a name."""
    return "".join(
        one
        for one in words
        if one not in _BLANKS and (one.isspace() or unicodedata.category(one) not in _INVISIBLE)
    )


def plain(words: str) -> str:
    """The words in small letters without accents; apostrophes straight, spaces single."""
    # Some letters come apart only after they are small, others are small only when apart.
    apart = unicodedata.normalize("NFKD", visible(words)).casefold().translate(_OWN)
    apart = unicodedata.normalize("NFKD", apart)
    letters = "".join(one for one in apart if not unicodedata.combining(one))
    return " ".join(letters.split())


def names_in(words: str) -> list[str]:
    """The words of a text made comparable, one by one; letters that stand apart are one word."""
    near = _SPELT_OUT.sub(lambda found: re.sub(r"[ .\-_*]", "", found[0]), visible(words))
    return [read for word in _WORD.findall(plain(near)) if (read := as_read(word))]


def as_read(word: str) -> str:
    """One plain word in Latin letters: foreign ones by their look within Latin, else by sound."""
    word = word.replace("'", "")
    if _LATIN.search(word):
        return word.translate(_LOOKS)
    return word if word.isdecimal() else word.translate(_SOUNDS)
