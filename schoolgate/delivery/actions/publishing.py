"""Publishing: the rows of one content for many people, in the caller's transaction.

By one statement for every 5,000 rows: an object per person would cost more than all the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from schoolgate.delivery.actions.arrays import array
from schoolgate.delivery.actions.posting import wake_the_sorter
from schoolgate.delivery.actions.quieting import Hush
from schoolgate.delivery.models import Content, Parcel, Priority

AT_ONCE = 5000
_INSERT = """
INSERT INTO delivery_parcel (school_id, content_id, address, sent_to, because, reference, tries,
    doubts, posted_at, priority, carer_id, children, channel, state, next_try_at, ended_at)
SELECT %(school)s, %(content)s, '', '', '', '', 0, 0, %(at)s, %(priority)s, carer,
    children::bigint[], channel, state, coalesce(next_try_at, %(at)s),
    CASE WHEN state = 'sent' THEN %(at)s::timestamptz END
FROM unnest(%(carers)s::bigint[], %(children)s::text[], %(channels)s::text[], %(states)s::text[],
    %(times)s::timestamptz[]) AS row (carer, children, channel, state, next_try_at)
ON CONFLICT (content_id, channel, carer_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One person, the children whom it concerns, and one channel; how the row begins, and when."""

    carer: int
    children: Sequence[int]
    channel: str
    state: str = Parcel.State.WAITING
    next_try_at: datetime | None = None  # UTC; if not said at once, or after quiet hours


@transaction.atomic
def publish(
    *, content: Content, addressees: Iterable[Addressee], priority: Priority, at: datetime
) -> int:
    """Write a parcel for each addressee and wake the sorter; how many were new (UTC).

    A parcel that exists already stays as it is, so that a repeated publishing adds nobody twice.
    """
    new = 0
    channels: set[str] = set()
    hush = Hush(content.school, at, is_urgent=priority == Priority.URGENT)
    for part in _parts(addressees):
        new += _insert(content, part, priority, hush)
        channels.update(one.channel for one in part if one.state == Parcel.State.WAITING)
    for channel in sorted(channels):
        wake_the_sorter(content.school, channel=channel, urgent=priority == Priority.URGENT)
    return new


def _insert(content: Content, part: list[Addressee], priority: Priority, hush: Hush) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "school": content.school_id,
                "content": content.pk,
                "at": hush.at,
                "priority": int(priority),
                "carers": array(one.carer for one in part),
                "children": array(f'"{array(one.children)}"' for one in part),
                "channels": array(one.channel for one in part),
                "states": array(f'"{one.state}"' for one in part),
                "times": array(_time(one, hush) for one in part),
            },
        )
        return int(cursor.rowcount)


def _time(one: Addressee, hush: Hush) -> str:
    moment = one.next_try_at or hush.until(one.carer, one.channel)
    return f'"{moment.isoformat()}"' if moment != hush.at else "NULL"


def _parts(addressees: Iterable[Addressee]) -> Iterator[list[Addressee]]:
    rest = iter(addressees)
    while part := list(islice(rest, AT_ONCE)):
        yield part
