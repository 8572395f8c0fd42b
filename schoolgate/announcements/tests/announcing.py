"""What the tests of this room do again and again, in words."""

from datetime import datetime, timedelta
from typing import Any

from schoolgate.announcements.actions.drafting import Audience, Words, draft
from schoolgate.announcements.actions.publishing import publish
from schoolgate.announcements.actions.sending import UNDO, send
from schoolgate.announcements.models import Announcement
from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.delivery.models import Parcel
from schoolgate.people.models import ContactRoute, Household, HouseholdStay
from schoolgate.rehearsal.cast import Cast

WORDS = {"subject": "Wellies on Friday", "text": "We go to the woods. Please send wellies."}


def writes(cast: Cast, key: str, at: datetime, audience: Audience, **words: Any) -> Announcement:
    """Somebody of the team drafts an announcement."""
    return draft(
        actor=actor_of(cast, key),
        school=cast.school,
        author=cast.team[key],
        words=Words(**(WORDS | words)),
        audience=audience,
        at=at,
    )


def to_group(cast: Cast, *groups: str) -> Audience:
    """An audience of groups."""
    return Audience(groups=[cast.groups[group] for group in groups])


def to_all() -> Audience:
    """The whole school."""
    return Audience(whole_school=True)


def sends(cast: Cast, key: str, announcement: Announcement, at: datetime) -> Announcement:
    """Somebody presses send; the two minutes begin."""
    return send(actor=actor_of(cast, key), who=who(cast, key, at), announcement=announcement, at=at)


def goes_out(cast: Cast, key: str, at: datetime, audience: Audience, **words: Any) -> Announcement:
    """Somebody writes and sends, and the two minutes pass."""
    made = sends(cast, key, writes(cast, key, at, audience, **words), at)
    if made.is_urgent:
        return fresh(made)
    publish(school=cast.school, number=made.pk, at=at + UNDO)
    return fresh(made)


def fresh(announcement: Announcement) -> Announcement:
    """The announcement as it stands in the database now."""
    return Announcement.objects.select_related("school", "content", "corrects", "sender").get(
        pk=announcement.pk
    )


def rows(announcement: Announcement) -> set[tuple[str, str, str]]:
    """Who has which row in which state."""
    found = Parcel.objects.filter(content=announcement.content_id)
    return set(found.values_list("carer__called", "channel", "state"))


def people(announcement: Announcement) -> set[str]:
    """Everybody who was written to."""
    return {name for name, channel, _ in rows(announcement) if channel == "portal"}


def has_mobile(cast: Cast, key: str, number: str = "07700 900123") -> None:
    """Somebody can be sent texts."""
    ContactRoute.objects.create(
        school=cast.school, carer=cast.carers[key], kind="mobile", value=number, preference=2
    )


def lives_somewhere(cast: Cast, key: str, at: datetime) -> None:
    """Somebody is in a household, so that a letter can be posted."""
    home = Household.objects.create(school=cast.school, name=key)
    HouseholdStay.objects.create(
        school=cast.school,
        household=home,
        carer=cast.carers[key],
        since=(at - timedelta(days=100)).date(),
    )
