"""What can go wrong with working time."""

from datetime import date


class WorkingTimeError(Exception):
    """Working time could not be reckoned."""


class BeyondCalendarError(WorkingTimeError):
    """The answer lies after the last day that the calendar knows."""

    def __init__(self, last_known: date) -> None:
        self.last_known = last_known
        super().__init__(f"The calendar is known until {last_known.isoformat()} only.")


class UnreadableLengthError(WorkingTimeError):
    """A length of time is written in a way that cannot be read."""


class UnknownCountryError(WorkingTimeError):
    """There are no bank holidays for this country or region."""


BeyondCalendar = BeyondCalendarError
