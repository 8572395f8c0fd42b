"""Who may see or do what with an incident; the only way from a request to its rows.

Who wrote it, who was there, whom the family can talk to, who was asked to read it, the child's
tutor, leaders, the safeguarding lead and deputies. Nobody sees their own child's here: as a parent
they have the thread. What somebody may not see does not exist for them.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.incidents.models import Hold, Incident, SecondReading, Telling, WasThere
from schoolgate.incidents.queries import tellings_open, untold_among
from schoolgate.incidents.states import State
from schoolgate.people.access import LEADERS, Who
from schoolgate.people.entitlement import entitled, links_at
from schoolgate.people.holding import HeldSince
from schoolgate.people.models import Carer, Link, Pupil, Receives, RoleHolding, TeamMember
from schoolgate.people.presence import is_above_the_school
from schoolgate.people.queries import working_members

Role = RoleHolding.Role
LEAD = (Role.DSL, Role.DEPUTY_DSL)


def visible_to(who: Who) -> QuerySet[Incident]:
    """The incidents that a team member may see."""
    if who.member is None:
        return Incident.objects.none()
    rows = Incident.objects.filter(school=who.school)
    own = Link.objects.filter(pupil=OuterRef("pupil"), carer__user_id=who.user_id)
    if not who.holds(*LEADERS, *LEAD, *_heads(who)):
        there = WasThere.objects.filter(incident=OuterRef("pk"), member=who.member)
        asked = SecondReading.objects.filter(incident=OuterRef("pk"), reader=who.member)
        rows = rows.filter(
            Q(written_by=who.member)
            | Q(talk_to=who.member)
            | Q(pupil__tutor_group__tutor=who.member)
            | Exists(there)
            | Exists(asked)
        )
    return rows.exclude(Exists(own)).select_related("pupil", "school", "talk_to", "written_by")


def one(who: Who, public_id: object) -> Incident:
    """One incident that a team member may see. Raises Http404."""
    return get_object_or_404(visible_to(who), public_id=public_id)


def of_child(who: Who, public_id: UUID) -> tuple[Pupil, QuerySet[Incident]]:
    """A child and the incidents about them that a team member may see. Raises Http404 for none."""
    rows = visible_to(who).filter(pupil__public_id=public_id)
    first = rows.first()
    if first is None:
        raise Http404
    return first.pupil, rows


def untold_for(who: Who) -> QuerySet[Incident]:
    """What is not told yet and they may see, soonest due first."""
    return untold_among(visible_to(who), who.at)


def to_ring_for(who: Who) -> QuerySet[Telling]:
    """Whom somebody has to ring because nothing reached them, and who may still be told.

    The office and leaders see all; the office sees whom and about which child, and never what
    happened.
    """
    if who.member is None:
        return Telling.objects.none()
    rows = Telling.objects.filter(school=who.school, state=State.NOT_REACHED)
    if not who.holds(Role.OFFICE):
        rows = rows.filter(incident__in=visible_to(who))
    own = Link.objects.filter(pupil=OuterRef("incident__pupil"), carer__user_id=who.user_id)
    may = links_at(who.at, Receives.PROGRESS).filter(
        pupil=OuterRef("incident__pupil"), carer=OuterRef("carer")
    )
    waits = HeldSince("carer", "incident__pupil", who.at)
    return (
        tellings_open(rows)
        .filter(Exists(may))
        .exclude(Exists(own))
        .alias(held_since=waits)
        .filter(held_since__isnull=True)
        .select_related("incident__pupil", "incident__talk_to", "incident__school", "carer")
        .order_by("incident__due_at", "carer__sorted_by")
    )


def telling_to_settle(who: Who, public_id: object) -> Telling:
    """One adult of one incident, for whoever may say that they have told them. Raises Http404."""
    if who.member is None:
        raise Http404
    seen = Q(incident__in=visible_to(who)) | Q(pk__in=to_ring_for(who).values("pk"))
    rows = Telling.objects.filter(seen, school=who.school)
    return get_object_or_404(rows.select_related("incident", "carer"), public_id=public_id)


def decides_on_holds(who: Who) -> bool:
    """Whether they are the safeguarding lead or a deputy, who alone hold back (decision 10)."""
    return who.holds(*LEAD)


def sees_that_it_is_held(who: Who) -> bool:
    """Whether they see that somebody is held back: its readers, and the head without the reason."""
    return who.holds(*LEAD, Role.HEAD, *_heads(who))


def holds_of(who: Who, incident: Incident) -> QuerySet[Hold]:
    """The holds in force on an incident that access has given, for who may read them."""
    rows = Hold.objects.filter(incident=incident, ended_at=None).select_related("carer", "pupil")
    return rows if decides_on_holds(who) else rows.none()


def one_hold(who: Who, public_id: object) -> Hold:
    """One hold, for who may read it; the database judges too. Raises Http404."""
    if not decides_on_holds(who):
        raise Http404
    rows = Hold.objects.filter(school=who.school, incident__in=visible_to(who))
    return get_object_or_404(rows.select_related("incident__school", "pupil"), public_id=public_id)


def adults_of(incident: Incident, at: datetime) -> QuerySet[Carer]:
    """The adults from whom an incident that access has given can be held back at a moment (UTC)."""
    links = entitled(pupil=incident.pupil, level=Receives.PROGRESS, at=at)
    return Carer.objects.filter(pk__in=links.values("carer"))


def colleagues_for(who: Who) -> QuerySet[TeamMember]:
    """Whom somebody may name as having been there, as whom to talk to, as a second reader."""
    if who.member is None or is_above_the_school(who.member, who.at):
        return TeamMember.objects.none()
    return working_members(who.at).filter(school=who.school)


def _heads(who: Who) -> tuple[str, ...]:
    return who.school.settings.head_holders if who.school else ()
