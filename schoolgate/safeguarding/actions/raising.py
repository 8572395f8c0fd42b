"""Raising a concern: by anybody, at any hour; those who must know are told at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from schoolgate.people.access import Who
from schoolgate.people.actions.holding_back import begin_the_hour
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.safeguarding.asked import call, circle
from schoolgate.safeguarding.errors import NothingWritten
from schoolgate.safeguarding.models import Addition, Concern
from schoolgate.safeguarding.readers import first_called


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a concern is about, as far as its author has said, and where it was raised from."""

    pupil: Pupil | None = None
    adult: bool = False
    member: TeamMember | None = None
    message: UUID | None = None


@transaction.atomic
def raise_concern(
    *, who: Who, words: str, at: datetime, about: About | None = None, once: UUID | None = None
) -> Concern:
    """Keep a concern in its author's own words and alert who must know, without content (2.2-T8c).

    The words are kept whole, however many. The same form sent twice (`once`) is one concern. Leaves
    no trace in conversations, the post room or the ledger. `at` in UTC. Raises NothingWritten.
    """
    if not words.strip():
        raise NothingWritten
    author = who.user_id or 0
    try:
        with transaction.atomic():
            concern = _written(who, words, at, about or About(), once)
    except IntegrityError:
        return Concern.objects.get(author_user_id=author, once=once)
    call_who_must_look(concern=concern, at=at)
    _let_it_wait(concern, at)
    return concern


@transaction.atomic
def still_worried(*, who: Who, concern: Concern, words: str, at: datetime) -> Addition:
    """The author says that it is not settled; whoever has it now is called anew (decision 7)."""
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
    call_who_must_look(concern=concern, at=at)
    return addition


def call_who_must_look(*, concern: Concern, at: datetime) -> None:
    """Write the alerts of a new call; they leave within seconds, by the job that rings (UTC)."""
    whole = circle(concern.pk, author=concern.author_user_id)
    for step, members in first_called(concern.school, whole, at).items():
        call(concern=concern.pk, step=step, members=members, at=at)


def _let_it_wait(concern: Concern, at: datetime) -> None:
    """What concerns the child waits until the lead has looked, an hour at most (decision 5).

    Not where it is about an adult who works here: a hold is read by the lead and deputies.
    """
    if concern.pupil is not None and not concern.about_adult:
        begin_the_hour(pupil=concern.pupil, at=at)


def _written(who: Who, words: str, at: datetime, about: About, once: UUID | None) -> Concern:
    assert who.school is not None and who.user_id is not None  # the gate admits members of a school
    return Concern.objects.create(
        school=who.school,
        raised_by_carer=None if who.member else who.carer,
        raised_by_member=who.member,
        author_user_id=who.user_id,
        pupil=about.pupil,
        about_adult=about.adult or about.member is not None,
        about_member=about.member,
        words=words,
        from_message=about.message,
        once=once,
        raised_at=at,
    )
