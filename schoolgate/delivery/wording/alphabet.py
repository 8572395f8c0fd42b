"""The alphabet of texts (GSM 03.38), and signs that double the price of one unseen; pure.

One sign beyond the alphabet and a text holds 70 characters in the place of 160. Keyboards, word
processors and web pages put such signs in by themselves; nobody sees them, and everybody pays.
"""

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These stand behind an escape and count as two.
EXTENSION = frozenset("\f^{}\\[~]|€")
# What is put in by itself, and what says the same.
_LIKENESSES = {
    "'": "‘’‚‛′´`ʼʹ", '"': "“”„‟«»″", "-": "‐‑‒–—―−•·‣▪", "/": "⁄∕", "x": "×", "\n": "\u2028\u2029",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
         "\u205f\u3000",
}  # fmt: skip
PLAIN = str.maketrans(
    {sign: cheap for cheap, signs in _LIKENESSES.items() for sign in signs}
    | {"…": "...", "ﬁ": "fi", "ﬂ": "fl", "½": "1/2", "¼": "1/4", "¾": "3/4", "™": "(TM)"}
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff\u180e", "")
)
# Unseen where all else is of the alphabet; in Urdu, Arabic or beside a picture they have a meaning.
SILENT = frozenset("\u061c\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
                   "\u2066\u2067\u2068\u2069\ufe0e\ufe0f")  # fmt: skip


def plain(words: str) -> str:
    """Typographic and unseen signs in their cheap forms; letters of any language stay."""
    words = unicodedata.normalize("NFC", words).translate(PLAIN)
    if all(one in BASIC or one in EXTENSION or one in SILENT for one in words):
        return "".join(one for one in words if one not in SILENT)
    return words


def shown(sign: str) -> str:
    """A sign as a person can see it: one that has no look by its name."""
    if sign.isprintable() and not sign.isspace() and unicodedata.combining(sign) == 0:
        return sign
    return unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
