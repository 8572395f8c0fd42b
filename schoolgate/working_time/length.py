"""Lengths of time as a policy promises them: "1 working day", "48 hours"."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.errors import UnreadableLengthError


class Unit(StrEnum):
    """What a length counts."""

    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    WORKING_MINUTES = "working minutes"
    HOURS = "hours"


_WRITTEN = re.compile(
    r"\s*(\d{1,4})\s+(working\s+days?|working\s+hours?|working\s+minutes?|hours?)\s*"
)


@dataclass(frozen=True, slots=True)
class Length:
    """A promised length of time, made with `Length.read`.

    A working day is the calendar's normal core day of open time. Plain hours run day and night,
    but on working days alone, as the head's 24 hours do (clause 2.2-H3).
    """

    amount: int
    unit: Unit

    @classmethod
    def read(cls, words: str) -> "Length":
        """Read "3 working days" or "48 hours". Raises UnreadableLengthError."""
        found = _WRITTEN.fullmatch(words.lower())
        if found is None or int(found[1]) == 0:
            raise UnreadableLengthError(
                f'{words!r} is not a length of time; write for example "1 working day", '
                '"2 working hours" or "48 hours".'
            )
        unit = " ".join(found[2].split())
        return cls(int(found[1]), Unit(unit if unit.endswith("s") else f"{unit}s"))

    def after(self, start: datetime, calendar: WorkingCalendar) -> datetime:
        """When it has passed, counted on `calendar` from `start`. Raises BeyondCalendarError."""
        match self.unit:
            case Unit.WORKING_DAYS:
                return calendar.add_working_days(start, self.amount)
            case Unit.WORKING_HOURS:
                return calendar.add(start, timedelta(hours=self.amount))
            case Unit.WORKING_MINUTES:
                return calendar.add(start, timedelta(minutes=self.amount))
            case Unit.HOURS:
                return calendar.add_on_working_days(start, timedelta(hours=self.amount))

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if self.amount == 1 else str(self.unit)
        return f"{self.amount} {unit}"
