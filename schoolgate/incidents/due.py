"""By when a family must have been told: the same day, two hours after the child goes home.

Pure but for the school's settings. What happened or was written after that moment is due at once.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schoolgate.school.settings import SchoolSettings

AFTER_HOME = timedelta(hours=2)
# "At once" leaves the time to read the preview before somebody is alarmed.
AT_ONCE = timedelta(minutes=15)
REMIND_BEFORE = timedelta(hours=1)


def due_at(*, home: datetime, written_at: datetime) -> datetime:
    """The moment (UTC) from home time on the day that it happened and from when it was written."""
    by = (home + AFTER_HOME).astimezone(written_at.tzinfo)
    return by if by > written_at else written_at + AT_ONCE


def usual_home(settings: SchoolSettings, day: date) -> datetime:
    """When the children would go home on a day without school, by the clock.

    That is the weekday's usual time, else the latest of the week: a trip on a Saturday is told
    that evening.
    """
    week = settings.home_time.week
    usual = week[day.weekday()] or max((one for one in week if one), default=time(15, 30))
    return datetime.combine(day, usual, ZoneInfo(settings.timezone))


def is_same_day(happened_at: datetime, told_at: datetime, timezone: str) -> bool:
    """Whether two moments (UTC) are on one day in the school's zone."""
    zone = ZoneInfo(timezone)
    return happened_at.astimezone(zone).date() == told_at.astimezone(zone).date()
