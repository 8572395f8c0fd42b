"""A person looks: what is for today has been seen, or is not for today, or is taken back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.telling_family import tell
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember
from schoolgate.response_clock.words import moment
from schoolgate.today.kinds import Chosen
from schoolgate.today.models import Matter
from schoolgate.today.states import Event, State, after


@transaction.atomic
def mark_seen(
    *, actor: Actor, member: TeamMember, matters: Iterable[Matter], at: datetime
) -> list[Matter]:
    """A person has seen them (UTC); the family reads when, and never by whom (decision 1).

    What somebody else has seen meanwhile stays theirs.
    """
    rows = (
        Matter.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in matters], state=State.WAITING)
        .select_related("conversation__school", "conversation__carer", "school")
    )
    seen = []
    for matter in rows:
        matter.state = after(matter.state, Event.SEEN, matter.chosen)
        matter.seen_by, matter.seen_at, matter.next_alarm_at = member, at, None
        matter.save(update_fields=["state", "seen_by", "seen_at", "next_alarm_at"])
        _record(actor, "saw what is for today", matter, at)
        _tell_family(matter, at)
        seen.append(matter)
    return seen


@transaction.atomic
def say_not_today(*, actor: Actor, member: TeamMember, matter: Matter, at: datetime) -> Matter:
    """It is not for today: the thread goes on with its own promise (UTC). Raises NotAnyMore."""
    matter = _locked(matter)
    matter.state = after(matter.state, Event.NOT_TODAY, matter.chosen)
    if matter.seen_at is None:
        matter.seen_by, matter.seen_at = member, at
    matter.next_alarm_at = None
    matter.save(update_fields=["state", "seen_by", "seen_at", "next_alarm_at"])
    _record(actor, "said that it is not for today", matter, at)
    return matter


@transaction.atomic
def take_back(*, actor: Actor, matter: Matter, at: datetime) -> Matter:
    """The family takes it back, such as that their child is well after all (UTC).

    Raises NotAnyMore.
    """
    matter = _locked(matter)
    matter.state = after(matter.state, Event.TAKEN_BACK, matter.chosen)
    matter.next_alarm_at = None
    matter.save(update_fields=["state", "next_alarm_at"])
    _record(actor, "took back what was for today", matter, at)
    return matter


def _locked(matter: Matter) -> Matter:
    return (
        Matter.objects.select_for_update(of=("self",))
        .select_related("school", "conversation", "pupil")
        .get(pk=matter.pk)
    )


def _tell_family(matter: Matter, at: datetime) -> None:
    """On the portal they see it on the page; whoever wrote otherwise reads it in the thread."""
    if matter.conversation is None or matter.chosen == Chosen.FAMILY:
        return
    seen = moment(at, matter.school.settings.timezone)
    tell(matter.conversation, _("The office has seen this at {time}.").format(time=seen), at)


def _record(actor: Actor, verb: str, matter: Matter, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=matter.school_id,
        about=("for today", matter.public_id),
        at=at,
        kind=matter.kind,
    )
