"""Arrays for statements over many rows, as the database writes them: the cheapest to make."""

from collections.abc import Iterable

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\0": None})


def array(elements: Iterable[object]) -> str:
    """An array's literal, of numbers or of what is quoted already."""
    return "{" + ",".join(map(str, elements)) + "}"


def quoted(words: str) -> str:
    """Any text as an element of an array's literal."""
    return f'"{words.translate(_ESCAPED)}"'
