"""What the pages of announcements show."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from schoolgate.announcements import access, queries
from schoolgate.announcements.actions.answering import is_open
from schoolgate.announcements.left import left
from schoolgate.announcements.models import Announcement, Answer, Call
from schoolgate.announcements.states import State
from schoolgate.announcements.wording import (
    about,
    in_words,
    subject_of,
    text_message,
    text_of,
)
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.access import Who
from schoolgate.people.models import Carer, ContactRoute, Pupil

STATES = ("sent", "handed off", "claimed", "waiting", "gathered", "owed", "failed",
          "not entitled", "taken back")  # fmt: skip
UNDER_WAY = {Parcel.State.WAITING, Parcel.State.CLAIMED}
MOST = 50


@dataclass(frozen=True)
class Bar:
    """One channel of a running announcement."""

    key: str
    name: str
    counts: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        """How many rows it has."""
        return sum(count for _, _, count in self.counts)


@dataclass(frozen=True)
class ChildsAnswer:
    """One child, and what was answered for it by whom."""

    pupil: Pupil
    answers: tuple[Answer, ...]

    @property
    def verdict(self) -> str:
        """Yes, no, differing, or nothing yet."""
        said = {one.says for one in self.answers}
        return "differ" if len(said) > 1 else next(iter(said), "")


@dataclass(frozen=True)
class ToRing:
    """One call, the names of the children, the numbers, and how often it was tried."""

    call: Call
    why: str
    children: tuple[str, ...]
    numbers: tuple[str, ...]
    tries: tuple[str, ...]
    script: str
    may_confirm: bool


def bars(announcement: Announcement) -> list[Bar]:
    """How it goes by each channel; figures are those of an operating page, not of a report."""
    counted: Mapping[str, Mapping[str, int]] = queries.progress(announcement)
    return [
        Bar(
            channel,
            in_words(channel),
            tuple((s, in_words(s), by_state[s]) for s in STATES if by_state.get(s)),
        )
        for channel, by_state in sorted(counted.items())
    ]


def progress_page(who: Who, announcement: Announcement) -> dict[str, Any]:
    """A running announcement: its rows by channel, and what was answered."""
    counted = queries.progress(announcement)
    running = any(UNDER_WAY & set(by_state) for by_state in counted.values())
    silent = queries.silent(announcement) if announcement.asks else {}
    return {
        "announcement": announcement,
        "subject": subject_of(announcement),
        "text": text_of(announcement),
        "bars": bars(announcement),
        "people": queries.portal_rows(announcement).count(),
        "running": running,
        "left": left(announcement, access.children_seen(who)),
        "failed": _failed(announcement, access.children_seen(who)),
        "silent": len(silent),
        "calls": announcement.calls.filter(ended_at=None).count(),
        "correction": Announcement.objects.filter(corrects=announcement).first(),
    }


def _failed(announcement: Announcement, seen: frozenset[int] | None) -> list[dict[str, Any]]:
    """Whom one way did not reach, by name, and why."""
    rows = Parcel.objects.filter(content=announcement.content_id, state=Parcel.State.FAILED)
    if seen is not None:
        rows = rows.filter(children__overlap=list(seen))
    return [
        {"carer": row.carer, "way": in_words(row.channel), "because": row.because}
        for row in rows.select_related("carer").order_by("carer__sorted_by", "pk")[:MOST]
    ]


def answers_page(who: Who, announcement: Announcement) -> dict[str, Any]:
    """Answers by child, or by person where it is a confirmation; and who has not answered.

    Only of the children whom this person sees, where an audience was wider than that.
    """
    people = _children_by_carer(announcement, access.children_seen(who))
    answers = [one for one in queries.current_answers(announcement) if one.carer_id in people]
    by_child: dict[int, list[Answer]] = {}
    for one in answers:
        by_child.setdefault(one.pupil_id or 0, []).append(one)
    children = {child for kids in people.values() for child in kids}
    pupils = Pupil.objects.filter(pk__in=children).order_by("sorted_by", "pk")
    changed = announcement.answers.exclude(replaced_at=None).filter(carer__in=people)
    return {
        "announcement": announcement,
        "subject": subject_of(announcement),
        "confirms": announcement.asks == Content.Asks.CONFIRM,
        "confirmed": by_child.get(0, []),
        "children": [ChildsAnswer(pupil, tuple(by_child.get(pupil.pk, ()))) for pupil in pupils],
        "silent": _silent(announcement, people),
        "history": changed.filter(Q(pupil=None) | Q(pupil__in=children)).select_related(
            "carer", "pupil"
        ),
    }


def _silent(
    announcement: Announcement, people: Mapping[int, Collection[int]]
) -> list[tuple[Carer, list[str]]]:
    """Who has not answered, each with those of the children that are seen here."""
    silent = {
        carer: [child for child in children if child in people[carer]]
        for carer, children in queries.silent(announcement).items()
        if carer in people
    }
    names = _names({child for children in silent.values() for child in children})
    carers = Carer.objects.filter(pk__in=[one for one in silent if silent[one]]).order_by(
        "sorted_by"
    )
    return [(carer, [names[child] for child in silent[carer.pk]]) for carer in carers]


def _children_by_carer(
    announcement: Announcement, seen: frozenset[int] | None
) -> dict[int, tuple[int, ...]]:
    """Everybody who was written to, with their children as far as they are seen here."""
    rows = queries.portal_rows(announcement).values_list("carer", "children")
    people = {
        carer: tuple(child for child in children if seen is None or child in seen)
        for carer, children in rows
        if carer is not None
    }
    return {carer: children for carer, children in people.items() if children}


def calls_page(who: Who) -> dict[str, Any]:
    """Whom to ring, in order, each with the reason, the numbers and what to say."""
    calls = list(access.calls_for(who)[:MOST])
    allowed = access.may_be_told(who, calls)
    names = _names({child for children in allowed.values() for child in children})
    told = [_to_ring(call, allowed[call.pk], names, who.at) for call in calls if allowed[call.pk]]
    return {"calls": told, "there_are_more": len(calls) == MOST}


def family_page(who: Who, announcement: Announcement) -> dict[str, Any]:
    """What a carer reads: the words in their language, their children, and what they answered."""
    assert who.carer is not None  # access gave the announcement to a carer
    children = list(access.children_of(who, announcement, who.carer))
    said = queries.answers_of(announcement, who.carer)
    other = _own_words(announcement, who.carer.language)
    names = tuple(child.called for child in children)
    return {
        "announcement": announcement,
        "subject": other[0] if other else subject_of(announcement),
        "text": other[1] if other else text_of(announcement),
        "original": text_of(announcement) if other else "",
        "language": who.carer.language if other else "",
        "children": [(child, said.get(child.pk, "")) for child in children],
        "about": about(names),
        "confirmed": said.get(None, ""),
        "confirms": announcement.asks == Content.Asks.CONFIRM,
        "open": is_open(announcement, who.at),
        "taken_back": announcement.state == State.TAKEN_BACK,
        "correction": access.visible_to_carer(who).filter(corrects=announcement).first(),
    }


def _own_words(announcement: Announcement, language: str) -> tuple[str, str] | None:
    if announcement.content is None:
        return None
    return (
        announcement.content.other_words.filter(language=language)
        .values_list("subject", "text")
        .first()
    )


def _to_ring(call: Call, children: Iterable[int], names: Mapping[int, str], at: datetime) -> ToRing:
    announcement = call.announcement
    numbers = [
        route.value
        for route in call.carer.routes.all()
        if route.kind != ContactRoute.Kind.EMAIL and route.ended_at is None
    ]
    asks = announcement.asks == Content.Asks.CONFIRM
    return ToRing(
        call=call,
        why=in_words(call.because),
        children=tuple(names[child] for child in children),
        numbers=tuple(numbers),
        tries=tuple(in_words(one.outcome) for one in call.tries.all()),
        script=text_message(announcement),
        may_confirm=asks and is_open(announcement, at),
    )


def _names(numbers: set[int]) -> dict[int, str]:
    return {child.pk: child.called for child in Pupil.objects.filter(pk__in=numbers)}
