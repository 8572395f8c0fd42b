"""Words that several verbs and pages of this room use."""

from datetime import UTC, date, datetime, time

from django.utils.translation import gettext_lazy as _

from schoolgate.response_clock.words import day
from schoolgate.today.kinds import Kind

KINDS = {
    Kind.ABSENCE: _("Absence"),
    Kind.COLLECTION: _("Who collects"),
    Kind.TRANSPORT: _("Transport"),
    Kind.HEALTH: _("Health or medicine"),
    Kind.OTHER: _("For today"),
    Kind.URGENT: _("Urgent, written"),
}
ICONS = {
    Kind.ABSENCE: "away",
    Kind.COLLECTION: "collect",
    Kind.TRANSPORT: "taxi",
    Kind.HEALTH: "health",
    Kind.OTHER: "urgent",
    Kind.URGENT: "urgent",
}


def day_in_words(on: date) -> str:
    """A day as families read it: "Monday 23 November"."""
    return day(datetime.combine(on, time(12), tzinfo=UTC), "UTC")
