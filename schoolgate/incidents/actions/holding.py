"""Holding back: the safeguarding lead records a risk of significant harm, per adult or for all.

It never stands in the ledger: the sealed row says who set it, when and why, and who ended it. While
it lasts nothing is sent, and nobody is asked to ring that adult (decision 10).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from schoolgate.incidents.access import decides_on_holds
from schoolgate.incidents.actions.moving import locked
from schoolgate.incidents.actions.telling import recipients, send_to
from schoolgate.incidents.errors import (
    ForTheLead,
    HoldReasonMissing,
    NotFromHere,
    ReviewTooLate,
    ToldAlready,
    WasThere,
)
from schoolgate.incidents.models import Hold, Incident, Telling
from schoolgate.incidents.queries import DONE
from schoolgate.people.access import Who
from schoolgate.people.models import Carer, TeamMember
from schoolgate.school.models import School

LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class Held:
    """From whom (nobody named: from everybody), the risk in words, and when to look again."""

    carer: Carer | None
    reason: str
    review_on: date


@transaction.atomic
def hold_back(*, who: Who, incident: Incident, held: Held, at: datetime) -> Hold:
    """Let one adult, or everybody, not be told for now (UTC, decision 10).

    Who was there does not decide it; the database refuses whoever is not the lead or a deputy.
    Raises ForTheLead, WasThere, HoldReasonMissing, ReviewTooLate, ToldAlready.
    """
    _check(who, incident, held, at)
    incident = locked(incident)
    told = Telling.objects.filter(incident=incident, state__in=DONE)
    if held.carer and told.filter(carer=held.carer).exists():
        raise ToldAlready
    known = Hold.objects.filter(incident=incident, carer=held.carer, ended_at=None).first()
    return known or Hold.objects.create(
        school=incident.school,
        incident=incident,
        pupil=incident.pupil,
        carer=held.carer,
        reason=held.reason.strip(),
        from_at=at,
        review_on=held.review_on,
        set_by_user=who.user_id or 0,
    )


@transaction.atomic
def look_again(*, who: Who, hold: Hold, review_on: date, at: datetime) -> Hold:
    """Say after another look that it goes on, and until when. Raises ForTheLead, ReviewTooLate."""
    _lead(who)
    _check_review(hold.school, review_on, at)
    hold.review_on, hold.asked_at = review_on, None
    hold.save(update_fields=["review_on", "asked_at"])
    return hold


@transaction.atomic
def lift(*, who: Who, hold: Hold, at: datetime) -> list[Telling]:
    """Let it go: whom nothing holds back any more and who is entitled now is told at once (UTC).

    Raises ForTheLead, NotFromHere.
    """
    member = _lead(who)
    incident = locked(hold.incident)
    ended = Hold.objects.filter(pk=hold.pk, ended_at=None)
    if not ended.update(ended_at=at, ended_by_user=who.user_id):
        raise NotFromHere
    theirs = [link.carer for link in recipients(incident, at)]
    carers = [one for one in theirs if hold.carer_id in (None, one.pk)]
    told = send_to(actor=who.actor, member=member, incident=incident, carers=carers, at=at)
    if hold.carer_id is None and incident.pressed_at is None:
        incident.pressed_at = at
        incident.save(update_fields=["pressed_at"])
    return told


def _check(who: Who, incident: Incident, held: Held, at: datetime) -> None:
    member = _lead(who)
    if incident.written_by == member or member in incident.there.all():
        raise WasThere
    if not held.reason.strip():
        raise HoldReasonMissing
    _check_review(incident.school, held.review_on, at)


def _check_review(school: School, review_on: date, at: datetime) -> None:
    today = at.astimezone(ZoneInfo(school.settings.timezone)).date()
    if not today < review_on <= today + LONGEST:
        raise ReviewTooLate


def _lead(who: Who) -> TeamMember:
    if who.member is None or not decides_on_holds(who):
        raise ForTheLead
    return who.member
