"""Decision 1's whole table: kind by channel by time of day, with who is told when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.rehearsal.cast import SCHOOLS
from schoolgate.school.settings import load
from schoolgate.today.kinds import DESKS, Chosen, Kind
from schoolgate.today.times import Day, plan, times

RULES = load(SCHOOLS / "medway-green.toml")
DAY = Day(
    office=RULES.office_calendar(),
    children=RULES.safeguarding_calendar(),
    home_time=RULES.home_time_on,
)
CHANNELS = ("portal", "email", "text", "voicemail", "call", "visit", "letter")
MONDAY, TUESDAY, TERM = date(2026, 11, 23), date(2026, 11, 24), date(2027, 1, 4)


def utc(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A moment in November, when the school's clock and UTC are the same."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


# time of day -> when it came, the day it is for, when somebody is in, due, the head
TIMES_OF_DAY = {
    "staffed": (utc(23, 9), MONDAY, utc(23, 9), utc(23, 9, 15), utc(23, 9, 25)),
    "before opening": (utc(23, 6, 40), MONDAY, utc(23, 8), utc(23, 8, 15), utc(23, 8, 25)),
    "after home time": (utc(23, 19), TUESDAY, utc(24, 8), utc(24, 8, 15), utc(24, 8, 25)),
    "holiday": (
        utc(21, 10, month=12),
        TERM,
        datetime(2027, 1, 4, 8, tzinfo=UTC),
        datetime(2027, 1, 4, 8, 15, tzinfo=UTC),
        datetime(2027, 1, 4, 8, 25, tzinfo=UTC),
    ),
}
DESK_OF = {"collection": "transport", "transport": "transport", "health": "clinical"}


@pytest.mark.parametrize("time_of_day", TIMES_OF_DAY)
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_by_each_channel_at_each_time_of_day(
    kind: Kind, channel: str, time_of_day: str
) -> None:
    came, day, somebody_in, due, head = TIMES_OF_DAY[time_of_day]
    found = plan(kind, channel, came, DAY)
    by_presses = channel == "portal"
    assert found.chosen is (Chosen.FAMILY if by_presses else Chosen.WORDING)
    assert found.reply_promised is (not by_presses or kind is Kind.URGENT)
    assert (found.times.day, found.times.due_at, found.times.head_at) == (day, due, head)
    desk = [(DESK_OF[kind], somebody_in)] if kind in DESK_OF else []
    assert found.told == (
        ("office", came),
        ("tutor", somebody_in),
        *desk,
        ("next", due),
        ("head", head),
    )


def test_every_kind_has_its_desks() -> None:
    assert set(DESKS) == set(Kind)


def test_what_a_person_chooses_is_theirs_whatever_the_channel() -> None:
    for channel in CHANNELS:
        found = plan(Kind.ABSENCE, channel, utc(23, 9), DAY, by=Chosen.PERSON)
        assert found.chosen is Chosen.PERSON
        assert found.reply_promised


@pytest.mark.clause("2.2-T7")
@pytest.mark.parametrize(
    ("came", "due", "head"),
    [
        (utc(23, 15), utc(23, 15, 15), utc(23, 15, 22, month=11) + timedelta(seconds=30)),
        (utc(23, 15, 10), utc(23, 15, 20), utc(23, 15, 25)),
        (utc(23, 15, 28), utc(23, 15, 29), utc(23, 15, 29, month=11) + timedelta(seconds=30)),
    ],
)
def test_shortly_before_home_time_half_of_what_is_left_is_left_for_others(
    came: datetime, due: datetime, head: datetime
) -> None:
    found = times(came, DAY)
    assert (found.due_at, found.head_at) == (due, head)
    assert found.head_at < utc(23, 15, 30)


def test_a_taxi_that_does_not_come_is_for_this_day_while_children_are_about() -> None:
    in_hours = times(utc(23, 15, 40), DAY)
    assert (in_hours.day, in_hours.due_at) == (MONDAY, utc(23, 15, 55))
    after_the_office = times(utc(23, 16, 30), DAY)
    assert after_the_office.day == MONDAY
    assert after_the_office.due_at == utc(23, 16, 30), "Nobody is in the office: at once."
    assert after_the_office.head_at == utc(23, 16, 40)


def test_at_the_weekend_it_is_for_monday() -> None:
    found = times(utc(21, 11), DAY)
    assert (found.day, found.due_at) == (MONDAY, utc(23, 8, 15))


def test_where_no_calendar_reaches_fifteen_minutes_are_fifteen_minutes() -> None:
    came = datetime(2031, 3, 3, 9, tzinfo=UTC)
    assert times(came, DAY).due_at == came + timedelta(minutes=15)
