"""Raising a concern: by anybody, at any hour; those who must know are told at once."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.people.access import Who
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.safeguarding.errors import NothingWritten
from schoolgate.safeguarding.models import Addition, Concern
from schoolgate.safeguarding.readers import told


@transaction.atomic
def raise_concern(
    *,
    who: Who,
    words: str,
    at: datetime,
    pupil: Pupil | None = None,
    about_adult: bool = False,
    about_member: TeamMember | None = None,
) -> Concern:
    """Keep a concern in its author's own words and alert who must know, without content (2.2-T8c).

    Leaves no trace in conversations or the ledger. `at` in UTC. Raises NothingWritten.
    """
    if not words.strip():
        raise NothingWritten
    assert who.school is not None and who.user_id is not None  # the gate admits members of a school
    concern = Concern.objects.create(
        school=who.school,
        raised_by_carer=None if who.member else who.carer,
        raised_by_member=who.member,
        author_user_id=who.user_id,
        pupil=pupil,
        about_adult=about_adult,
        about_member=about_member,
        words=words,
        raised_at=at,
    )
    _alert(concern, at)
    return concern


@transaction.atomic
def still_worried(*, who: Who, concern: Concern, words: str, at: datetime) -> Addition:
    """The author says that it is not settled; the same people are alerted again (decision 7)."""
    assert who.user_id is not None  # the gate admits people who have signed in
    person = who.member or who.carer
    addition = Addition.objects.create(
        school=concern.school,
        concern=concern,
        kind=Addition.Kind.STILL_WORRIED,
        by_name=person.name if person else "",
        by_user_id=who.user_id,
        words=words.strip() or _("I am still worried."),
        at=at,
    )
    _alert(concern, at)
    return addition


def _alert(concern: Concern, at: datetime) -> None:
    """An email that says no more than that there is something to open (threat T4)."""
    members: Sequence[TeamMember] = told(
        school=concern.school, about=concern.about_member, about_adult=concern.about_adult, at=at
    )
    content = Content.objects.create(
        school=concern.school,
        purpose=Content.Purpose.ALERT,
        subject=_("Please sign in to Schoolgate now"),
        text=_("Something is waiting for you at {school}. Please sign in now:\n{page}\n").format(
            school=concern.school.name,
            page=f"{settings.PUBLIC_ADDRESS}/{concern.school.slug}/sealed/",
        ),
        written_at=at,
    )
    post_alert(content=content, members=members, at=at)
