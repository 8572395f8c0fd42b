"""Quiet hours: what lights up a telephone waits for the day, unless it is urgent (threat T16).

Pure: every function gets its moments. Email, letters and the portal wake nobody and never wait.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from schoolgate.delivery.reach import Channel, Kind
from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.errors import WorkingTimeError

WAKING = frozenset({Channel.SMS, Channel.PUSH, Channel.VOICE})
# A school that is shut for longer still has something to say: then it waits for this hour only.
LONGEST = timedelta(days=4)
MORNING, EVENING = time(9), time(17)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A person's own quiet hours, in the school's zone; they may go past midnight."""

    begins: time
    ends: time

    def covers(self, local: time) -> bool:
        """Whether a time of the day is quiet; the same hour twice is no quiet at all."""
        if self.begins <= self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends


def not_before(
    at: datetime,
    *,
    kind: Kind,
    channel: str,
    calendar: WorkingCalendar,
    quiet: Quiet | None = None,
) -> datetime:
    """The first moment (UTC) at which a message may leave by a channel.

    Somebody's own hours win over the school's, which are those of `calendar`.
    """
    if kind is Kind.URGENT or channel not in WAKING:
        return at
    if quiet is not None:
        return _after_quiet(at, quiet, calendar).astimezone(UTC)
    return _in_open_hours(at, calendar).astimezone(UTC)


def _after_quiet(at: datetime, quiet: Quiet, calendar: WorkingCalendar) -> datetime:
    local = at.astimezone(calendar.zone)
    return _next(local, quiet.ends, calendar) if quiet.covers(local.time()) else at


def _in_open_hours(at: datetime, calendar: WorkingCalendar) -> datetime:
    if calendar.is_open(at):
        return at
    try:
        opening = calendar.next_opening(at)
    except WorkingTimeError:  # of those days the calendar knows nothing
        opening = at + 2 * LONGEST
    if opening - at <= LONGEST:
        return opening
    local = at.astimezone(calendar.zone)
    return at if MORNING <= local.time() < EVENING else _next(local, MORNING, calendar)


def _next(local: datetime, clock: time, calendar: WorkingCalendar) -> datetime:
    """The next time that clocks on the wall show this, in UTC."""
    day = local.date() if local.time() < clock else local.date() + timedelta(days=1)
    return calendar.local_moment(datetime.combine(day, clock))
