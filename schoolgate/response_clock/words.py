"""A moment in words, as families and team read it: "Tuesday 24 November, 10:00"."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _


def day(at: datetime, zone: ZoneInfo | str) -> str:
    """The day of a moment, in the school's zone: "Tuesday 24 November"."""
    local = _local(at, zone)
    return _("{weekday} {day} {month}").format(
        weekday=formats.date_format(local, "l"),
        day=local.day,
        month=formats.date_format(local, "F"),
    )


def moment(at: datetime, zone: ZoneInfo | str) -> str:
    """A day and an hour of 24, in the school's zone: "Tuesday 24 November, 10:00"."""
    return _("{day}, {time}").format(day=day(at, zone), time=hour(at, zone))


def hour(at: datetime, zone: ZoneInfo | str) -> str:
    """The hour of a moment, in the school's zone: "10:00"."""
    return _local(at, zone).strftime("%H:%M")


def _local(at: datetime, zone: ZoneInfo | str) -> datetime:
    return timezone.localtime(at, ZoneInfo(zone) if isinstance(zone, str) else zone)
