"""Drafting: words and an audience are kept; nothing goes to anybody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from schoolgate.announcements.actions.moving import locked, move, tell_ledger
from schoolgate.announcements.errors import NotFromHere
from schoolgate.announcements.models import (
    Announcement,
    AudiencePart,
    ListedPupil,
    OtherWords,
    PupilList,
)
from schoolgate.announcements.states import UNDER_WAY, Event, State
from schoolgate.delivery.models import Content
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Group, Pupil, TeamMember
from schoolgate.school.models import School

Part = AudiencePart.Kind


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is written, and how it is to go; times in UTC."""

    subject: str = ""
    text: str = ""
    purpose: str = Content.Purpose.SERVICE
    asks: str = Content.Asks.NOTHING
    answer_by: datetime | None = None
    chase_at: datetime | None = None
    is_urgent: bool = False
    is_safety: bool = False
    by_text: bool = False
    by_letter: bool = False


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom it is for: parts of the school."""

    whole_school: bool = False
    phases: Iterable[str] = ()
    groups: Iterable[Group] = ()
    children: Iterable[Pupil] = ()
    lists: Iterable[PupilList] = field(default=())


@transaction.atomic
def draft(
    *, actor: Actor, school: School, author: TeamMember, words: Words, audience: Audience,
    at: datetime,
) -> Announcement:  # fmt: skip
    """Keep a new announcement; nothing goes before somebody sends it (UTC)."""
    made = Announcement(school=school, author=author, changed_at=at)
    written(made, words, at)
    made.save()
    _choose(made, audience)
    tell_ledger(actor, "drafted an announcement", made, at)
    return made


@transaction.atomic
def change(
    *, actor: Actor, announcement: Announcement, words: Words, audience: Audience, at: datetime
) -> Announcement:
    """Change a draft; one that was asked for or approved has to be asked for again (UTC).

    Raises NotFromHere.
    """
    held = locked(announcement)
    move(held, Event.SAVED)
    held.approvals.filter(decided_at=None).delete()
    written(held, words, at)
    held.save()
    if held.corrects_id is None:
        _choose(held, audience)
    tell_ledger(actor, "changed an announcement", held, at)
    return held


@transaction.atomic
def say_in_other_words(
    *, actor: Actor, announcement: Announcement, language: str, subject: str, text: str,
    at: datetime,
) -> None:  # fmt: skip
    """Keep somebody's own words in another language, or take them away (UTC).

    Raises NotFromHere.
    """
    held = locked(announcement)
    if held.state in UNDER_WAY or held.content_id:
        raise NotFromHere
    if held.state != State.DRAFT:
        move(held, Event.SAVED)
        held.save(update_fields=["state"])
    held.other_words.filter(language=language).delete()
    if subject.strip() and text.strip():
        OtherWords.objects.create(
            school=held.school,
            announcement=held,
            language=language,
            subject=_clean(subject)[:200],
            text=_clean(text),
        )
    tell_ledger(actor, "wrote in another language", held, at, language=language)


@transaction.atomic
def make_list(
    *, actor: Actor, member: TeamMember, name: str, kind: str, pupils: Iterable[Pupil],
    at: datetime,
) -> PupilList:  # fmt: skip
    """Keep a list of children, such as those who go on a trip (UTC)."""
    made = PupilList.objects.create(
        school=member.school, name=_clean(name), kind=kind, made_by=member, made_at=at
    )
    ListedPupil.objects.bulk_create(
        ListedPupil(school=member.school, pupil_list=made, pupil=pupil) for pupil in pupils
    )
    record(
        actor=actor, verb="made a list of children", school_id=member.school_id,
        about=("list", made.public_id), at=at,
    )  # fmt: skip
    return made


@transaction.atomic
def end_list(*, actor: Actor, pupil_list: PupilList, at: datetime) -> None:
    """Choose a list for nothing more; what went to it stays, what waits for it goes to nobody."""
    ended = PupilList.objects.filter(pk=pupil_list.pk, ended_at=None).update(ended_at=at)
    if ended:
        record(
            actor=actor, verb="ended a list of children", school_id=pupil_list.school_id,
            about=("list", pupil_list.public_id), at=at,
        )  # fmt: skip


def written(announcement: Announcement, words: Words, at: datetime) -> None:
    """Put words on an announcement; the caller saves it (UTC)."""
    announcement.subject = " ".join(_clean(words.subject).split())[:200]
    announcement.text = _clean(words.text).strip()
    # What can't wait is never optional.
    announcement.purpose = Content.Purpose.SERVICE if words.is_urgent else words.purpose
    announcement.asks = words.asks
    asks = words.asks != Content.Asks.NOTHING
    announcement.answer_by = words.answer_by if asks else None
    announcement.chase_at = words.chase_at if asks else None
    announcement.is_urgent, announcement.is_safety = words.is_urgent, words.is_safety
    announcement.by_text, announcement.by_letter = words.by_text, words.by_letter
    announcement.changed_at = at


def _choose(announcement: Announcement, audience: Audience) -> None:
    announcement.parts.all().delete()
    chosen: list[dict[str, Any]] = [
        *({"kind": Part.PHASE, "phase": phase} for phase in audience.phases),
        *({"kind": Part.GROUP, "group": group} for group in audience.groups),
        *({"kind": Part.CHILD, "pupil": pupil} for pupil in audience.children),
        *({"kind": Part.LIST, "pupil_list": one} for one in audience.lists),
    ]
    if audience.whole_school:
        chosen = [{"kind": Part.SCHOOL}]
    AudiencePart.objects.bulk_create(
        AudiencePart(school=announcement.school, announcement=announcement, **part)
        for part in chosen
    )


def _clean(words: str) -> str:
    return words.replace("\0", "").replace("\r\n", "\n")
