"""From an audience to people: one rule, for the preview, the sending and the count alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from schoolgate.announcements.models import (
    Announcement,
    AudiencePart,
    ListedPupil,
)
from schoolgate.announcements.rules import Wish, channels
from schoolgate.delivery.models import Content, Parcel, Priority
from schoolgate.delivery.reach import Kind, Reach, Way, reach, routes_of
from schoolgate.people.access import Who, pupils_for_team
from schoolgate.people.entitlement import recipients
from schoolgate.people.models import ClassPlace, Group, Pupil, Receives, TeamMember
from schoolgate.people.queries import on_roll

Part = AudiencePart.Kind
# Who has it in hand, or has it: what can't be called back any more.
GOT = (Parcel.State.SENT, Parcel.State.CLAIMED, Parcel.State.HANDED_OFF)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, the children whom it concerns for them, and by which ways they are reached."""

    carer: int
    children: tuple[int, ...]
    reach: Reach
    by_digest: bool = False


def pupils_in(announcement: Announcement, at: datetime) -> QuerySet[Pupil]:
    """The children on roll at a moment (UTC) whom the parts of an audience name now."""
    day = at.date()
    here = Pupil.objects.filter(on_roll(day), school_id=announcement.school_id)
    parts = list(announcement.parts.all())
    if any(part.kind == Part.SCHOOL for part in parts):
        return here
    return here.filter(_named_by(parts)) if parts else here.none()


def _named_by(parts: Iterable[AudiencePart]) -> Q:
    phases = [part.phase for part in parts if part.kind == Part.PHASE]
    groups = [part.group_id for part in parts if part.kind == Part.GROUP]
    children = [part.pupil_id for part in parts if part.kind == Part.CHILD]
    lists = [part.pupil_list_id for part in parts if part.kind == Part.LIST]
    chosen = Group.objects.filter(Q(pk__in=groups) | Q(phase__in=phases))
    places = ClassPlace.objects.filter(group__in=chosen)
    listed = ListedPupil.objects.filter(pupil_list__in=lists, pupil_list__ended_at=None)
    return (
        Q(tutor_group__in=chosen)
        | Q(pk__in=places.values("pupil"))
        | Q(pk__in=children)
        | Q(pk__in=listed.values("pupil"))
    )


def recipients_of(announcement: Announcement, at: datetime) -> list[Recipient]:
    """Everybody who gets it if it is published now (UTC); whatever their number, few questions.

    A correction goes to exactly those who have the wrong version and may still receive it.
    """
    concerned = (
        _who_got(announcement.corrects, at)
        if announcement.corrects
        else _entitled(pupils_in(announcement, at), announcement.level, at)
    )
    kind, way = kind_of(announcement), way_of(announcement)
    routes = routes_of(school_id=announcement.school_id, carers=list(concerned), kind=kind)
    waits = kind is not Kind.URGENT and not announcement.is_safety
    return [
        Recipient(carer, children, reach(routes[carer], way), waits and bool(routes[carer].digest))
        for carer, children in concerned.items()
    ]


def _entitled(pupils: QuerySet[Pupil], level: int, at: datetime) -> dict[int, tuple[int, ...]]:
    rows = recipients(pupils=pupils, level=Receives(level), at=at)
    return {row["carer"]: tuple(row["children"]) for row in rows}


def _who_got(wrong: Announcement, at: datetime) -> dict[int, tuple[int, ...]]:
    """Who has the wrong version, each with those of its children that they may still hear of."""
    got: dict[int, set[int]] = {}
    rows = Parcel.objects.filter(content=wrong.content, carer__isnull=False, state__in=GOT)
    for carer, children in rows.values_list("carer", "children"):
        got.setdefault(carer, set()).update(children)
    pupils = Pupil.objects.filter(pk__in=set().union(*got.values()))
    now = _entitled(pupils, wrong.level, at)
    both = {carer: tuple(c for c in now.get(carer, ()) if c in had) for carer, had in got.items()}
    return {carer: children for carer, children in both.items() if children}


def kind_of(announcement: Announcement) -> Kind:
    """What it is to a family, which decides the order of channels."""
    if announcement.is_urgent:
        return Kind.URGENT
    is_news = announcement.purpose == Content.Purpose.NEWS and not announcement.is_safety
    return Kind.NEWS if is_news else Kind.SERVICE


def is_rung_about(announcement: Announcement) -> bool:
    """Whether whom nothing reaches is rung: what is urgent, and every closure (Clause 2.1-M3b)."""
    return announcement.is_urgent or announcement.is_safety


def priority_of(announcement: Announcement) -> Priority:
    """What leaves first."""
    by_kind = {Kind.URGENT: Priority.URGENT, Kind.NEWS: Priority.NEWS}
    return by_kind.get(kind_of(announcement), Priority.SERVICE)


def way_of(announcement: Announcement) -> Way:
    """What it is, and which channels it may take."""
    allowed = channels(wish_of(announcement))
    return Way(kind_of(announcement), allowed, is_safety=announcement.is_safety)


def wish_of(announcement: Announcement, *, to_own_children: bool = True) -> Wish:
    """What its writer wants, as the rules read it."""
    return Wish(
        is_urgent=announcement.is_urgent,
        by_text=announcement.by_text,
        by_letter=announcement.by_letter,
        to_own_children=to_own_children,
        is_safety=announcement.is_safety,
    )


def own_children(who: Who) -> QuerySet[Pupil]:
    """The children with whom a team member works: those of their groups, and of their classes."""
    groups = pupils_for_team(who)
    if who.member is None:
        return groups
    return Pupil.objects.filter(
        Q(pk__in=groups.values("pk")) | Q(pk__in=_in_classes_of(who.member).values("pupil")),
        school=who.school,
    )


def is_to_own_children(who: Who, announcement: Announcement, at: datetime) -> bool:
    """Whether every child in the audience is one with whom they work (UTC)."""
    if announcement.corrects:
        # Whoever sent the wrong one owes these people the right one.
        return who.member is not None and announcement.corrects.sender_id == who.member.pk
    theirs = own_children(who).order_by().values("pk")
    return not pupils_in(announcement, at).exclude(pk__in=theirs).exists()


def _in_classes_of(member: TeamMember) -> QuerySet[ClassPlace]:
    return ClassPlace.objects.filter(Q(group__tutor=member) | Q(group__helpers__member=member))
