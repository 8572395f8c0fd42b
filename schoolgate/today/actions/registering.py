"""First-day absence: who is not in class, who said why, and who has to be rung."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.models import Carer, Group, Pupil, TeamMember
from schoolgate.people.queries import on_roll
from schoolgate.school.models import School
from schoolgate.today import people
from schoolgate.today.actions.telling import alert
from schoolgate.today.believing import believed
from schoolgate.today.calendars import local_day
from schoolgate.today.errors import NotOnTheList, NotThisChild
from schoolgate.today.models import Matter, Missing, Register, Try
from schoolgate.today.states import State

Ended = Missing.Ended


@dataclass(frozen=True)
class Ring:
    """What came of ringing; `words` are what was said, `here` that the child was found."""

    carer: Carer
    outcome: str
    words: str = ""
    here: bool = False


@transaction.atomic
def take_register(
    *, actor: Actor, member: TeamMember, group: Group, missing: Iterable[Pupil], at: datetime
) -> list[Missing]:
    """Say who of a class is not there (UTC); who is not named was there, or has come since.

    A child whose absence the family has told of is on no list. Raises NotThisChild.
    """
    day = local_day(group.school, at)
    named = {one.pk: one for one in missing}
    of_group = {one.pk for one in group.pupils.filter(on_roll(day))}
    if not named.keys() <= of_group:
        raise NotThisChild
    Register.objects.update_or_create(
        school=group.school, group=group, day=day, defaults={"taken_by": member, "taken_at": at}
    )
    told = told_absent(group.school, day, at)
    marked = [
        Missing.objects.get_or_create(
            school=group.school,
            pupil=pupil,
            day=day,
            defaults={
                "marked_by": member,
                "marked_at": at,
                **({"ended": Ended.EXPLAINED, "ended_at": at} if pk in told else {}),
            },
        )[0]
        for pk, pupil in named.items()
    ]
    back = Missing.objects.filter(
        school=group.school, day=day, ended="", pupil__in=of_group - named.keys()
    )
    back.update(ended=Ended.HERE, ended_by=member, ended_at=at)
    record(
        actor=actor,
        verb="took the register",
        school_id=group.school_id,
        about=("group", group.pk),
        at=at,
        missing=len(named),
    )
    return marked


@transaction.atomic
def note_ringing(
    *, actor: Actor, member: TeamMember, missing: Missing, ring: Ring, at: datetime
) -> Missing:
    """Write down a call about a missing child (UTC); spoken words end it. Raises NotOnTheList."""
    missing = Missing.objects.select_for_update(of=("self",)).get(pk=missing.pk)
    if missing.ended:
        raise NotOnTheList
    Try.objects.create(
        school=missing.school,
        missing=missing,
        carer=ring.carer,
        outcome=ring.outcome,
        by=member,
        at=at,
    )
    if ring.outcome == Try.Outcome.SPOKE or ring.here:
        missing.ended = Ended.HERE if ring.here else Ended.EXPLAINED
        missing.ended_by, missing.ended_at = member, at
        missing.words = " ".join(ring.words.split())[:300]
        missing.save(update_fields=["ended", "ended_by", "ended_at", "words"])
    record(
        actor=actor,
        verb="rang about a missing child",
        school_id=missing.school_id,
        about=("pupil", missing.pupil_id),
        at=at,
        outcome=ring.outcome,
    )
    return missing


@transaction.atomic
def follow_the_missing(*, school: School, at: datetime) -> int:
    """End what a family has explained since; alarm when nobody could be reached (UTC).

    The head and the safeguarding lead are told once of a child whom the school was looking for over
    the set time and of whom no call has reached anybody. How many children that was.
    """
    day = local_day(school, at)
    open_ = list(
        Missing.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            school=school, day=day, ended=""
        )
    )
    told = told_absent(school, day, at)
    for one in open_:
        if one.pupil_id in told:
            one.ended, one.ended_at = Ended.EXPLAINED, at
            one.save(update_fields=["ended", "ended_at"])
    long = school.settings.today.alarm_after
    late = [
        one
        for one in open_
        if not one.ended and one.alarmed_at is None and at - one.marked_at >= long
    ]
    for one in late:
        one.alarmed_at = at
        one.save(update_fields=["alarmed_at"])
        record(
            actor=SYSTEM,
            verb="alarmed of a missing child",
            school_id=school.pk,
            about=("pupil", one.pupil_id),
            at=at,
        )
    if late:
        alert(
            school,
            people.heads_and_keepers(school, at),
            at,
            subject=_("A child is missing at {school}, and nobody has been reached").format(
                school=school.name
            ),
            page="missing",
        )
    return len(late)


def told_absent(school: School, day: date, at: datetime) -> set[int]:
    """The children of whose absence on a day the family has told, and who did not take it back.

    Wording alone counts once a person has seen it; what nobody could prove to be the family's, once
    somebody has spoken with them (UTC; decision 24).
    """
    rows = Matter.objects.filter(
        school=school, day=day, kind="absence", pupil__isnull=False
    ).exclude(state__in=[State.NOT_TODAY, State.TAKEN_BACK])
    rows = believed(rows, at)
    return {
        pupil
        for pupil, chosen, state in rows.values_list("pupil", "chosen", "state")
        if pupil is not None and (chosen != "wording" or state == State.SEEN)
    }
