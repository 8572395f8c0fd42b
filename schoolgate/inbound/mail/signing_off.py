"""What stands below every mail of a person: a signature, a telephone's line; pure."""

import re

from schoolgate.inbound.mail import quoting_words as said

MOST_SIGNATURE = 10  # lines
WIDEST_SIGNATURE = 90  # characters
# Signs of direction that stand around names and addresses in Arabic and Urdu.
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202c\u2066-\u2069\u061c]")

_FACE = re.compile(r">[:;][-']?[()\[\]DPOo/\\|]|>[._]<")


def is_marked(line: str) -> bool:
    """Whether a line is quoted; a face such as >:( is not."""
    return line.startswith(">") and not _FACE.match(line)


def unsigned(lines: list[str], kept: list[int]) -> list[int]:
    """Without a signature below "-- " and without what a telephone adds, at the end."""
    numbers = _trimmed(lines, kept)
    for back, number in enumerate(reversed(numbers[-MOST_SIGNATURE - 3 :])):
        if lines[number] in {"-- ", "--"}:
            if _announces(lines, number):
                break
            below = [lines[one] for one in numbers[len(numbers) - back :]]
            if _is_signature(below, strong=lines[number] == "-- "):
                numbers = _trimmed(lines, numbers[: len(numbers) - back - 1])
            break
    for _ in range(3):
        if not numbers or not _is_mobile(lines[numbers[-1]]):
            break
        numbers = _trimmed(lines, numbers[:-1])
    return numbers


def _announces(lines: list[str], number: int) -> bool:
    """Whether the words above a dashed line say that something follows: "He needs:"."""
    above = next((line for line in reversed(lines[:number]) if line.strip()), "")
    return above.rstrip().endswith((":", "："))


def _trimmed(lines: list[str], numbers: list[int]) -> list[int]:
    """Without empty and ruled lines at the end."""
    end = len(numbers)
    while end and not lines[numbers[end - 1]].strip():
        end -= 1
    if 1 < end < len(numbers) + 1 and re.fullmatch(r"_{5,}|-{5,}", lines[numbers[end - 1]].strip()):
        return _trimmed(lines, numbers[: end - 1])
    return numbers[:end]


def _is_signature(below: list[str], *, strong: bool) -> bool:
    """A few short lines; a question or a postscript among them is somebody's words."""
    said_there = [line for line in below if line.strip()]
    most = MOST_SIGNATURE if strong else 5
    if not strong and not "".join(below[:1]).strip():
        return False  # a line between thoughts
    return len(said_there) <= most and not any(
        len(line) > WIDEST_SIGNATURE
        or line.rstrip().endswith(("?", "？", "؟"))
        or is_marked(line)
        or said.POSTSCRIPT.match(line)
        for line in said_there
    )


def _is_mobile(line: str) -> bool:
    bare = DIRECTION.sub("", line).strip()
    without = re.sub(r"[(<\[]?https?://\S+", "", bare).strip()
    return 0 < len(without) < said.LONGEST_MOBILE and said.MOBILE.match(without) is not None
