"""Which answers a family may speak about, and until when; pure (decision 20).

The school's words answer when the family had asked before. Of several in a row the last one counts:
it is what the family has in hand. A word that only names a day answers nothing yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolgate.response_clock.reckoning import did_not_answer_until, known
from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.length import Length

WITHOUT_A_CALENDAR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """One message of a person: when (UTC), by whom; `asked` where a family rang or came."""

    number: int
    at: datetime
    by_school: bool
    names_a_day: bool = False
    asked: bool = False


def answers_in(story: Iterable[Told]) -> list[Told]:
    """The answers of a thread, oldest first: the school's last word to each thing asked."""
    found: list[Told] = []
    is_asked = False
    for one in sorted(story, key=lambda told: (told.at, told.number)):
        if not one.by_school:
            is_asked = True
        elif not one.names_a_day and (is_asked or one.asked):
            found.append(one)
            is_asked = False
        elif not one.names_a_day and found:
            found[-1] = one
    return found


def may_be_said_until(calendar: WorkingCalendar, answered: datetime, window: Length) -> datetime:
    """Until when one press says that an answer was none (UTC); a week on where no calendar is."""
    until = known(lambda: did_not_answer_until(calendar, answered, window))
    return until or answered + WITHOUT_A_CALENDAR
