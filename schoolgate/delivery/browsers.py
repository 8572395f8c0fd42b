"""The browsers of one person as a letter carries them, and what a channel says of each.

A letter has one address. A person's is all of their browsers; what was said of them comes back in
one line, by their numbers, through the journal like any other answer.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser: its number with us, where its notices go, and its keys (base64url)."""

    id: int
    endpoint: str
    key: str
    secret: str


def written(browsers: Iterable[Mapping[str, Any]]) -> str:
    """An address of several browsers; nothing where there are none."""
    found = list(browsers)
    return json.dumps(found) if found else ""


def read(address: str) -> list[Browser]:
    """The browsers of an address. Raises ValueError for anything else."""
    found = json.loads(address)
    if not isinstance(found, list):
        raise ValueError("This is no list of browsers.")
    try:
        return [
            Browser(int(one["id"]), str(one["endpoint"]), str(one["key"]), str(one["secret"]))
            for one in found
        ]
    except (KeyError, TypeError) as error:
        raise ValueError("A browser lacks something.") from error


def shown(address: str) -> str:
    """What the record keeps: the numbers, never the endpoints."""
    return "browsers " + " ".join(str(one.id) for one in read(address))


def said(taken: Sequence[int], gone: Sequence[int]) -> str:
    """What came of each, in one line."""
    return f"taken {_numbers(taken)}; gone {_numbers(gone)}"


def gone_of(words: str) -> list[int]:
    """The browsers that are there no more, by what was said."""
    after = words.rpartition("gone ")[2] if "; gone " in words else ""
    return [int(one) for one in after.split() if one.isdecimal()]


def _numbers(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers)) or "none"
