"""By when iSAMS is to have sent what is owed: one working hour of the office, unless set longer."""

from datetime import datetime

from schoolgate.school.calendars import office_calendar
from schoolgate.school.models import School
from schoolgate.working_time.errors import BeyondCalendarError


def to_be_sent_by(school: School, owed_since: datetime) -> datetime | None:
    """The moment (UTC) at which a hand-off is late; none where the calendar ends before.

    As long as the tray's promise, counted in the office's own hours (Clause 2.1-M2a, threat T15).
    """
    try:
        return school.settings.promises.tray.after(owed_since, office_calendar(school))
    except BeyondCalendarError:
        return None
