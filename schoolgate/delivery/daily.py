"""When the day's list is due: pure, for a school's own time of a working day."""

from datetime import datetime, time

from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.wall_clock import moment


def day_if_due(*, at: datetime, set_time: time, calendar: WorkingCalendar) -> str:
    """The day (ISO) whose list is due at a moment, from the set time to midnight; else nothing.

    `set_time` is on the school's wall; a day on which the office is closed has no list.
    """
    day = at.astimezone(calendar.zone).date()
    if not calendar.opens_on(day):
        return ""
    return day.isoformat() if at >= moment(datetime.combine(day, set_time), calendar.zone) else ""
