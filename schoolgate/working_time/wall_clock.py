"""From the clock on the school's wall to a moment, clock changes included."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta, tzinfo

MINUTES_A_DAY = 24 * 60


def moment(local: datetime, zone: tzinfo) -> datetime:
    """The moment that a local time without an offset means, in `zone`.

    Of a doubled hour it is the first; a missing hour moves on (01:30 becomes 02:30). A time that
    has an offset keeps its moment.
    """
    if local.tzinfo is None:
        local = local.replace(tzinfo=zone, fold=0)
    return local.astimezone(UTC).astimezone(zone)


def edge(day: date, minute: int, zone: tzinfo) -> datetime:
    """The moment (UTC) at which opening hours reach `minute` (minutes after midnight) of `day`.

    An edge in a doubled hour is the first; one in a missing hour is the clock change itself, so
    that edges stay in the order in which they are written.
    """
    naive = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
    found = naive.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == naive:
        return found
    return _clock_change(naive, zone)


def _clock_change(naive: datetime, zone: tzinfo) -> datetime:
    """The moment (UTC) of the clock change that swallows the local time `naive`."""
    before = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    old_offset = before.astimezone(zone).utcoffset()
    seconds = range(int((after - before).total_seconds()) + 1)
    passed = bisect_left(
        seconds,
        True,
        key=lambda gone: (
            (before + timedelta(seconds=gone)).astimezone(zone).utcoffset() != old_offset
        ),
    )
    return before + timedelta(seconds=passed)
