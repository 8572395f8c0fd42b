"""A school that is in order: whatever a drill then names is what a test has planted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.models import Authority, OnCall

# The drills' usual moments, seen from Monday 23 November 2026, 10:00.
SATURDAY_NIGHT = datetime(2026, 11, 28, 23, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOME_TIME = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 14, 50, tzinfo=UTC)
WHEN = {
    "disclosure": SATURDAY_NIGHT,
    "head-away": TUESDAY,
    "protected-address": TUESDAY,
    "taxi": HOME_TIME,
    "hold": FRIDAY,
    "mail-host-down": TUESDAY,
}


@pytest.fixture(autouse=True)
def texts_can_be_sent(settings: Any) -> None:
    """The installation has a provider of texts."""
    settings.SMS_URLS = ("outbox:",)


@pytest.fixture
def in_order(medway: Cast, now: datetime) -> Cast:
    """Medway Green with its councils' numbers, somebody on call, an office until all are home."""
    for name in ("Kent", "Medway", "Bexley"):
        Authority.objects.create(
            school=medway.school,
            name=name,
            in_hours="01632 960001",
            out_of_hours="01632 960002",
            lado="01632 960003",
            checked_on=now.date(),
            checked_by="Joan Pike",
        )
    OnCall.objects.create(
        school=medway.school,
        member=medway.team["helen"],
        from_at=now - timedelta(days=10),
        until_at=now + timedelta(days=30),
        set_by="Ruth Calloway",
    )
    can_be_rung(medway)
    days = "\n".join(f'{day} = ["08:00-18:00"]' for day in ("mon", "tue", "wed", "thu", "fri"))
    medway.school.settings_text += f"\n[office_hours]\n{days}\n"
    medway.school.save()
    return medway


def can_be_rung(cast: Cast) -> None:
    """Everybody of the cast with no other way has a number."""
    for carer in cast.carers.values():
        if not carer.routes.filter(ended_at=None).exists():
            ContactRoute.objects.create(
                school=cast.school, carer=carer, kind="phone", value="01632 960017"
            )
