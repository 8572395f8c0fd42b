"""What a figure may say: how many first promises were kept, in time and to the family's mind; pure.

No figure, mark or note stands for fewer than five families, also by subtraction (decision 16): a
part that so few make up is not printed, nor what would give it away.
"""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

FEWEST = 5
# So long after its end a month's figure is shown: families have said by then what they want to say.
SETTLES_IN = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a family asked: was it answered in time, and was it an answer to them?"""

    family: Hashable
    in_time: bool
    to_mind: bool


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `kept` is nothing where it would stand for, or leave, too few families.

    `most` says then that it is five or more, and not all.
    """

    of: int
    kept: int | None = None
    most: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """First replies in time, and of all that was asked what was answered in time and to mind."""

    first_reply: Share
    to_mind: Share


def answering(asked: Collection[Asked]) -> Answering | None:
    """Both shares of what was asked in a time; nothing for fewer than five families."""
    if _families(asked) < FEWEST:
        return None
    late = [one for one in asked if not one.in_time]
    no_answer = [one for one in asked if one.in_time and not one.to_mind]
    answered = [one for one in asked if one.in_time and one.to_mind]
    first = _share(len(asked), [*answered, *no_answer], late)
    mind = _share(len(asked), answered, [*late, *no_answer])
    # Two exact figures would give away what lies between them.
    if first.kept is not None and mind.kept is not None and _too_few(no_answer):
        mind = _inexact(len(asked), answered)
    return Answering(first, mind)


def _share(of: int, kept: Collection[Asked], rest: Collection[Asked]) -> Share:
    if _too_few(kept) or _too_few(rest):
        return _inexact(of, kept)
    return Share(of, len(kept))


def _inexact(of: int, kept: Collection[Asked]) -> Share:
    return Share(of, most=_families(kept) >= FEWEST)


def _too_few(part: Collection[Asked]) -> bool:
    return 0 < _families(part) < FEWEST


def _families(asked: Iterable[Asked]) -> int:
    return len({one.family for one in asked})


def families(links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Each adult's family, by a number: adults who share a child, and their other children's.

    Two parents of one child are one family, so that five adults are not taken for five families.
    """
    links = list(links)
    family = {carer: carer for carer, _child in links}
    of_child: dict[int, int] = {}
    for carer, child in links:
        one, other = family[carer], family[of_child.setdefault(child, carer)]
        if one != other:
            family = {who: other if now == one else now for who, now in family.items()}
    return family


def settled_month(at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The last whole month whose figure has settled, in the school's zone: since and until (UTC).

    Whole months that do not overlap: a window that moves by a day would tell what one day brought.
    """
    until = (at - SETTLES_IN).astimezone(zone).replace(day=1, hour=0, minute=0, second=0)
    until = until.replace(microsecond=0)
    since = (until - timedelta(days=1)).replace(day=1)
    return since.astimezone(ZoneInfo("UTC")), until.astimezone(ZoneInfo("UTC"))
