"""Absence: recorded before it or in the moment; the work moves when it begins, no clock does."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.absence_news import Away, on_absence_begun
from schoolgate.people.errors import (
    AwayAlready,
    BackBeforeGone,
    CoverIsAway,
    NoCoverNoReason,
    NotThemselves,
)
from schoolgate.people.models import Absence, TeamMember
from schoolgate.people.presence import is_here


@transaction.atomic
def record_absence(
    *,
    actor: Actor,
    member: TeamMember,
    span: tuple[datetime, datetime | None],
    cover: TeamMember | None,
    no_cover_because: str = "",
    at: datetime,
) -> Absence:
    """Write down that somebody is or will be away (UTC); what has begun moves the work at once.

    Never why. Without cover the reason for that is kept, and whoever is next hears of it (decision
    13). Raises NoCoverNoReason, BackBeforeGone, NotThemselves, CoverIsAway, AwayAlready.
    """
    begins, until = span
    _refuse_disorder(member, cover, begins, until, no_cover_because, at)
    absence = Absence.objects.create(
        school_id=member.school_id,
        member=member,
        from_at=begins,
        until_at=until,
        cover=cover,
        no_cover_because="" if cover else no_cover_because.strip(),
        recorded_by=actor.name,
        recorded_at=at,
    )
    _tell(actor, "recorded an absence", absence, at)
    if begins <= at:
        _begin(actor, absence, at)
    return absence


@transaction.atomic
def come_back(*, actor: Actor, absence: Absence, at: datetime) -> Absence:
    """Somebody is back, or never went; what they had stays with cover until they take it back."""
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    if absence.ended_at is None:
        absence.ended_at = at
        absence.save(update_fields=["ended_at"])
        _tell(actor, "came back", absence, at)
    return absence


def begin_absences(*, school_id: int, at: datetime) -> int:
    """Move the work of everybody whose recorded absence has begun (UTC); how many absences."""
    begun = Absence.objects.filter(
        school_id=school_id, begun_at=None, ended_at=None, from_at__lte=at
    ).select_related("member", "cover")
    for absence in begun:
        with transaction.atomic():
            mine = Absence.objects.select_for_update().get(pk=absence.pk)
            if mine.begun_at is None and mine.ended_at is None:
                _begin(SYSTEM, absence, at)
    return len(begun)


def _begin(actor: Actor, absence: Absence, at: datetime) -> None:
    absence.begun_at = at
    absence.save(update_fields=["begun_at"])
    on_absence_begun.tell(Away(absence=absence, actor=actor, at=at))


def _refuse_disorder(
    member: TeamMember,
    cover: TeamMember | None,
    begins: datetime,
    until: datetime | None,
    because: str,
    at: datetime,
) -> None:
    if until is not None and until <= begins:
        raise BackBeforeGone
    if cover is None and not because.strip():
        raise NoCoverNoReason
    if cover == member:
        raise NotThemselves
    if cover and not is_here(cover, max(begins, at)):
        raise CoverIsAway
    overlapping = Absence.objects.filter(
        Q(until_at=None) | Q(until_at__gt=begins), member=member, ended_at=None
    )
    if until is not None:
        overlapping = overlapping.filter(from_at__lt=until)
    if overlapping.exists():
        raise AwayAlready


def _tell(actor: Actor, verb: str, absence: Absence, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=absence.school_id,
        about=("member", absence.member_id),
        at=at,
        cover=absence.cover_id,
    )
