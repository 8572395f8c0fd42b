"""Since when nothing good was told of a child; pure.

Counted are days on which the school is open, so that nobody stands on a list after a holiday.
"""

from datetime import datetime, timedelta

from schoolgate.working_time import wall_clock
from schoolgate.working_time.calendar import WorkingCalendar

SCHOOL_DAYS = 10
WITHOUT_A_CALENDAR = timedelta(days=14)
LONGEST = 120  # days: longer than any holiday


def quiet_since(calendar: WorkingCalendar, at: datetime, days: int = SCHOOL_DAYS) -> datetime:
    """The beginning (UTC) of the last so many school days before a moment, today among them."""
    today = at.astimezone(calendar.zone).date()
    open_days = [
        day for gone in range(LONGEST) if calendar.opens_on(day := today - timedelta(days=gone))
    ]
    if len(open_days) < days:
        return at - WITHOUT_A_CALENDAR
    return wall_clock.edge(open_days[days - 1], 0, calendar.zone)
