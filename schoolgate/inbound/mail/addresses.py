"""The addresses in a header, by a reading of our own, so that each Python reads the same; pure.

The standard library's reading is strict in some releases and gives nothing for what mail programs
do write: an address for its own name, a comma in a name, two addresses without one.
"""

import re
from dataclasses import dataclass, field

MOST = 20_000  # characters of one header
_TOKEN = re.compile(
    r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?\n]{0,2000}\?="  # an encoded word is whole, whatever it holds
    r'|"(?:[^"\\]|\\.){0,500}"'
    r"|\((?:[^()\\]|\\.|\([^()]{0,200}\)){0,500}\)"
    r"|<[^<>]{0,1000}(?:>|\Z)"
    r"|[,;]|\s+|[^\s,;<>\"()]{1,1000}|.",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_AROUND = " \t\r\n'\"[](){}<>,;:"


@dataclass
class _Group:
    """What stands between two commas."""

    phrase: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    found: list[tuple[str, str]] = field(default_factory=list)

    def name(self) -> str:
        """The words so far, as they were written."""
        return " ".join("".join(self.phrase).split())

    def take_angle(self, inner: str) -> None:
        """An address in angles, and the words before it for its name."""
        address = _bare(inner)
        if "@" not in address:
            self.phrase.append(f"<{inner}>")
            return
        words = self.name().split(" ")
        beside = [one for one in words if "@" in one and not one.startswith("=?")]
        # An address for a name: the same one says nothing, another one makes two writers of it.
        others = [("", _bare(one)) for one in beside if _bare(one).lower() != address.lower()]
        name = " ".join(one for one in words if one not in beside)
        self.found += [*others, (name, address)]
        self.phrase = []

    def end(self) -> None:
        """Without angles each word with an at sign is an address."""
        if not self.found:
            words = "".join(self.phrase).split()
            addresses = [_bare(word) for word in words if "@" in word.strip(_AROUND)]
            others = " ".join(word for word in words if "@" not in word)
            self.found = [(others, address) for address in addresses]
            if len(addresses) > 1:
                self.found = [("", address) for address in addresses]
        if self.comments and len(self.found) == 1 and not self.found[0][0]:
            self.found = [(self.comments[0], self.found[0][1])]


def parse(value: str) -> list[tuple[str, str]]:
    """The (name, address) pairs of a header; names with their encoded words as they came."""
    pairs: list[tuple[str, str]] = []
    group, carried = _Group(), ""
    for token in (*(found[0] for found in _TOKEN.finditer(value[:MOST])), ","):
        if token in {",", ";"}:
            group.end()
            if carried and group.found and "".join(group.found[0]):
                name, address = group.found[0]
                group.found[0] = (f"{carried}, {name}".rstrip(", "), address)
            # "Hale, Hannah <h@x>": a comma within a name.
            carried = "" if group.found or token == ";" else group.name()
            pairs += group.found
            group = _Group()
        elif token.startswith("<"):
            group.take_angle(token[1:].removesuffix(">"))
        elif token.startswith("(") and token.endswith(")"):
            group.comments.append(_unescaped(token[1:-1]).strip())
        elif token.startswith('"') and len(token) > 1:
            # An at sign in quotes is part of a name; what follows it is no part of these words.
            words = _unescaped(token[1:-1]).replace("@", _AT)
            group.phrase.append(words if " " not in words else f"{words} ")
        elif token.endswith(":") and "@" not in token:
            group.phrase = []  # the name of a group
        else:
            group.phrase.append(token)
    return [(name.replace(_AT, "@"), address.replace(_AT, "@")) for name, address in pairs]


_AT = "\ue000"


def _bare(words: str) -> str:
    """An address without routes, schemes and what stands around it."""
    address = "".join(words.split()).strip(_AROUND)
    address = re.sub(r"^mailto:", "", address, flags=re.IGNORECASE)
    if address.startswith("@") and ":" in address:
        address = address.rpartition(":")[2]
    return address


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(r"\1", words)
