"""Answering: please confirm, yes or no, a consent; by the signed link, the portal or by phone."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolgate.announcements.access import children_of
from schoolgate.announcements.actions.moving import locked, tell_ledger
from schoolgate.announcements.errors import (
    AnnouncementError,
    DayHasPassed,
    NotAsked,
    NotForThem,
    NotFromHere,
)
from schoolgate.announcements.models import Announcement, Answer, Call
from schoolgate.announcements.states import State
from schoolgate.delivery.models import Content
from schoolgate.delivery.outcomes import Confirmed
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import Who
from schoolgate.people.models import Carer, Pupil, TeamMember

Says = Answer.Says
Asks = Content.Asks


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a carer says, for which of their children, and by which way."""

    says: str
    children: Iterable[Pupil]
    way: str
    by: TeamMember | None = None


@transaction.atomic
def confirmed(news: Confirmed) -> None:
    """Somebody pressed 1 in a call: their confirmation, if it is asked for and still open."""
    found = Announcement.objects.filter(content=news.content, asks=Asks.CONFIRM).first()
    if found is None:
        return
    who = Who(school=found.school, carer=news.carer, at=news.at)
    children = children_of(who, found, news.carer)
    given = Given(says=Says.CONFIRMED, children=children, way=Answer.Way.PHONE)
    with suppress(AnnouncementError):  # taken back meanwhile, or its day has passed
        answer(actor=who.actor, carer=news.carer, announcement=found, given=given, at=news.at)


@transaction.atomic
def answer(
    *, actor: Actor, carer: Carer, announcement: Announcement, given: Given, at: datetime
) -> int:
    """Keep an answer, once per person and child; how many were new (UTC).

    The same answer again changes nothing. Another one replaces it until the day, and both stand in
    the history. `given.children` are those that `access` allows this carer; a confirmation is for
    no child. Raises NotFromHere, NotAsked, DayHasPassed, NotForThem.
    """
    held = locked(announcement)
    children = list(given.children)
    _check(held, given.says, children, at)
    about: list[int | None] = [None] if held.asks == Asks.CONFIRM else [c.pk for c in children]
    present = _present(held, carer)
    changed = [pupil for pupil in about if present.get(pupil) != given.says]
    held.answers.filter(carer=carer, replaced_at=None, pupil__in=_numbers(changed)).update(
        replaced_at=at
    )
    if None in changed:
        held.answers.filter(carer=carer, replaced_at=None, pupil=None).update(replaced_at=at)
    Answer.objects.bulk_create(
        Answer(
            school=held.school,
            announcement=held,
            carer=carer,
            pupil_id=pupil,
            says=given.says,
            way=given.way,
            written_down_by=given.by,
            at=at,
        )
        for pupil in changed
    )
    if changed:
        Call.objects.filter(
            announcement=held, carer=carer, because=Call.Because.NOT_CONFIRMED, ended_at=None
        ).update(ended_at=at)
        tell_ledger(actor, "answered an announcement", held, at, carer=carer.pk, way=given.way)
    return len(changed)


def is_open(announcement: Announcement, at: datetime) -> bool:
    """Whether it asks for something and an answer is still taken (UTC)."""
    in_time = announcement.answer_by is None or at <= announcement.answer_by
    return bool(announcement.asks) and announcement.state == State.PUBLISHED and in_time


def _check(held: Announcement, says: str, children: list[Pupil], at: datetime) -> None:
    if held.state != State.PUBLISHED:
        raise NotFromHere
    possible = {Says.CONFIRMED} if held.asks == Asks.CONFIRM else {Says.YES, Says.NO}
    if not held.asks or says not in possible:
        raise NotAsked
    if not children:
        raise NotForThem
    if not is_open(held, at):
        raise DayHasPassed


def _present(held: Announcement, carer: Carer) -> Mapping[int | None, str]:
    rows = held.answers.filter(carer=carer, replaced_at=None)
    return dict(rows.values_list("pupil", "says"))


def _numbers(changed: Iterable[int | None]) -> list[int]:
    return [pupil for pupil in changed if pupil is not None]
