"""The calendars of one school as this room asks them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from schoolgate.people.home_times import home_time_on
from schoolgate.people.models import Pupil
from schoolgate.school.calendars import office_calendar, safeguarding_calendar
from schoolgate.school.models import School
from schoolgate.today.times import Day


def day_of_school(school: School, pupil: Pupil | None) -> Day:
    """When the office is staffed, when children are about, when this child goes home.

    What is about no one child goes by the school's own home time.
    """
    rules = school.settings
    return Day(
        office=office_calendar(school),
        children=safeguarding_calendar(school),
        home_time=lambda day: home_time_on(school, pupil, day),
        seen_within=rules.today.seen_within,
        head_after=rules.today.head_after,
    )


def local_day(school: School, at: datetime) -> date:
    """The day of a moment (UTC) by the school's clock."""
    return at.astimezone(ZoneInfo(school.settings.timezone)).date()
