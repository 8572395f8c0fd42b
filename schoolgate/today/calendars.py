"""The calendars of one school as this room asks them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from schoolgate.school.calendars import entries_of, office_calendar, safeguarding_calendar
from schoolgate.school.models import School
from schoolgate.today.times import Day


def day_of_school(school: School) -> Day:
    """When the office is staffed, when children are about, when they go home."""
    entries, rules = entries_of(school), school.settings
    return Day(
        office=office_calendar(school),
        children=safeguarding_calendar(school),
        home_time=lambda day: rules.home_time_on(day, entries),
        seen_within=rules.today.seen_within,
        head_after=rules.today.head_after,
    )


def local_day(school: School, at: datetime) -> date:
    """The day of a moment (UTC) by the school's clock."""
    return at.astimezone(ZoneInfo(school.settings.timezone)).date()
