"""What a text costs: its alphabet, its parts, and the character that made it dear. Pure.

A text is written in the alphabet of GSM 03.38 (160 characters, 153 in each of several parts) or,
when one character is not in it, all of it in UCS-2 (70, or 67 in each of several).
"""

from dataclasses import dataclass

from schoolgate.delivery.wording.alphabet import BASIC, EXTENSION, plain, shown

PARTS_GSM = (160, 153)
PARTS_UCS2 = (70, 67)
# Letters that have a likeness in the alphabet.
CHEAPER = {
    "°": " degrees",
    "á": "a", "â": "a", "ã": "a", "ç": "c", "ê": "e", "ë": "e", "í": "i", "î": "i", "ï": "i",
    "ó": "o", "ô": "o", "õ": "o", "ú": "u", "û": "u", "ý": "y", "ÿ": "y",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """How one text is sent: `dear` are the characters that take it out of GSM-7."""

    units: int
    parts: int
    is_gsm: bool
    dear: tuple[str, ...] = ()

    @property
    def dear_shown(self) -> tuple[str, ...]:
        """They as a person can see them; one that has no look by its name."""
        return tuple(shown(one) for one in self.dear)

    @property
    def alphabet(self) -> str:
        """The name of the alphabet, as providers write it."""
        return "GSM-7" if self.is_gsm else "UCS-2"


def measure(words: str) -> Text:
    """The alphabet and the parts of a text, as a provider counts them."""
    dear = tuple(dict.fromkeys(one for one in words if one not in BASIC | EXTENSION))
    sizes = [_ucs2(one) for one in words] if dear else [_gsm(one) for one in words]
    one_part, of_several = PARTS_UCS2 if dear else PARTS_GSM
    units = sum(sizes)
    parts = 1 if units <= one_part else _fill(sizes, of_several)
    return Text(units, parts if words else 0, not dear, dear)


def cheaper(words: str) -> str:
    """The same words in GSM-7 as far as they can be; what has no likeness there stays."""
    return "".join(CHEAPER.get(one, one) for one in plain(words))


def cost_pence(*, parts: int, people: int, price: float | None) -> float | None:
    """What so many texts cost, in pence; nothing where the school has named no price."""
    return None if price is None else round(parts * people * price, 2)


def _gsm(one: str) -> int:
    return 2 if one in EXTENSION else 1


def _ucs2(one: str) -> int:
    return 2 if ord(one) > 0xFFFF else 1


def _fill(sizes: list[int], most: int) -> int:
    """How many parts; a pair of units is never torn between two of them."""
    parts, room = 1, most
    for size in sizes:
        if size > room:
            parts, room = parts + 1, most
        room -= size
    return parts
