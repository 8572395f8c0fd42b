"""The calendars of one school as this room asks them."""

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
    )
