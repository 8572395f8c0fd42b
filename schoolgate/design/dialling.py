"""What of some words is dialled; pure."""

import re
import unicodedata

FEWEST = 7  # digits of a number; fewer are an extension, a flat, a year
_RUN = re.compile(r"[+(]{0,2}[0-9](?:[ .()/\-\u00a0\u2010-\u2015]{0,3}[0-9])*")
_EXTENSION = re.compile(r"(?:\bext(?:ension|n)?\b\.?|\bx|#)\s*(?P<number>[0-9]{1,7})\b", re.I)


def digits_in(words: str) -> str:
    """The one number within words, as it is dialled; "07700 900001 (mum)" holds no more digits.

    Nothing where there is none, or more than one: which is meant is not for us to say.
    """
    # Letters are never dialled, though a telephone's keys bear some: MUM would be 686.
    plain = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in words)
    said, extension, inner = plain, "", _EXTENSION.search(plain)
    if inner:
        said, extension = plain[: inner.start()], f" ext. {inner['number']}"
    runs = [run[0] for run in _RUN.finditer(said)]
    found = [run for run in runs if len(re.sub(r"\D", "", run)) >= FEWEST] or runs[:1]
    return found[0] + extension if len(found) == 1 else ""
