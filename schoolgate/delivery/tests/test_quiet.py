"""Quiet hours: what wakes people waits for their hours or the school's; the urgent never does."""

from datetime import UTC, datetime, time

import pytest

from schoolgate.delivery.quiet import Quiet, not_before
from schoolgate.delivery.reach import Channel, Kind
from schoolgate.working_time.bank_holidays import BankHolidays
from schoolgate.working_time.calendar import Block, Term, WorkingCalendar

DAY = (Block(8 * 60, 16 * 60),)
CALENDAR = WorkingCalendar(
    timezone="Europe/London",
    week=(DAY, DAY, DAY, DAY, DAY, (), ()),
    terms=(Term(datetime(2026, 9, 3).date(), datetime(2026, 12, 18).date()),),
    bank_holidays=BankHolidays(),
)
NIGHT = Quiet(time(21), time(7, 30))


def at(words: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def leaves(words: str, channel: str = "sms", kind: Kind = Kind.SERVICE, **more: Quiet) -> datetime:
    """When something written at a moment may leave."""
    return not_before(at(words), kind=kind, channel=channel, calendar=CALENDAR, **more)


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.PUSH, Channel.VOICE])
@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 16:00", "2026-11-24 08:00"),
        ("2026-11-23 07:59", "2026-11-23 08:00"),
        ("2026-11-27 18:00", "2026-11-30 08:00"),
        ("2026-10-23 18:00", "2026-10-26 08:00"),  # clocks go back on the Sunday
        ("2026-07-22 22:00", "2026-07-23 08:00"),  # nobody is there for weeks: the morning
        ("2026-07-22 12:00", "2026-07-22 12:00"),
        ("2026-12-23 05:00", "2026-12-23 09:00"),
    ],
)
def test_what_wakes_people_waits_for_the_schools_hours(
    channel: str, written: str, left: str
) -> None:
    assert leaves(written, channel) == at(left)


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.PORTAL, Channel.LETTER])
def test_what_wakes_nobody_never_waits(channel: str) -> None:
    assert leaves("2026-11-23 03:00", channel) == at("2026-11-23 03:00")


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("written", ["2026-11-23 03:00", "2026-12-25 03:00"])
def test_what_is_urgent_never_waits(channel: str, written: str) -> None:
    found = leaves(written, channel, Kind.URGENT, quiet=NIGHT)
    assert found == at(written)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("2026-11-23 20:59", "2026-11-23 20:59"),
        ("2026-11-23 21:00", "2026-11-24 07:30"),
        ("2026-11-24 02:00", "2026-11-24 07:30"),
        ("2026-11-24 07:30", "2026-11-24 07:30"),
        ("2026-11-28 12:00", "2026-11-28 12:00"),
        ("2026-06-23 20:30", "2026-06-24 06:30"),  # summer time
        ("2026-10-24 22:00", "2026-10-25 07:30"),
    ],
)
def test_a_persons_own_hours_win(written: str, left: str) -> None:
    assert leaves(written, quiet=NIGHT) == at(left)


def test_quiet_hours_within_a_day_and_of_no_length() -> None:
    nap = Quiet(time(13), time(15))
    assert leaves("2026-11-23 14:00", quiet=nap) == at("2026-11-23 15:00")
    assert leaves("2026-11-23 22:00", quiet=nap) == at("2026-11-23 22:00")
    assert leaves("2026-11-23 13:00", quiet=Quiet(time(13), time(13))) == at("2026-11-23 13:00")
