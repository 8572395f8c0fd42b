"""The ways that work at this moment when somebody may not be safe (decisions 2 and 12)."""

from dataclasses import dataclass
from datetime import datetime

from schoolgate.response_clock.reckoning import known
from schoolgate.response_clock.words import moment
from schoolgate.school.calendars import reply_calendar, safeguarding_calendar
from schoolgate.school.models import School


@dataclass(frozen=True)
class Routes:
    """Whether anybody reads now, when somebody will, and the school's own line."""

    watched: bool
    opens: str
    phone: str


def routes_now(school: School, at: datetime) -> Routes:
    """The routes of a school at a moment (UTC); `opens` is empty beyond the calendar."""
    opening = known(lambda: reply_calendar(school).next_opening(at))
    return Routes(
        watched=safeguarding_calendar(school).is_open(at),
        opens=moment(opening, school.settings.timezone) if opening else "",
        phone=school.settings.contact.phone,
    )
