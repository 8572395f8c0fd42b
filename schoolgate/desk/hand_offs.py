"""What the office's page of hand-offs shows: what iSAMS is to send, and by when."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from schoolgate.conversations.access import kept_threads
from schoolgate.conversations.models import Attachment, Conversation
from schoolgate.delivery.actions.bundle_files import File
from schoolgate.delivery.actions.bundling import is_in_isams, judged_now
from schoolgate.delivery.actions.owing import must_go_by_isams
from schoolgate.delivery.hand_off_clock import to_be_sent_by
from schoolgate.delivery.held import that_may_go
from schoolgate.delivery.models import Bundle, Content, Parcel
from schoolgate.delivery.queries import off_route, open_bundles, owed_by_isams, owed_contents
from schoolgate.people.access import Who
from schoolgate.school.files import read


@dataclass(frozen=True, kw_only=True)
class Due:
    """By when it is to be sent, or the family was promised an answer; none beyond the calendar."""

    at: datetime | None
    promised: bool
    late: bool


@dataclass(frozen=True, kw_only=True)
class ToPrepare:
    """One content that is owed; `parcel` where it is for one person alone."""

    content: Content
    people: int
    due: Due
    parcel: Parcel | None = None
    may_have_it: bool = True


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """One bundle: how many it is for, whom iSAMS does not know, and who lost it since."""

    bundle: Bundle
    people: int
    due: Due
    strangers: int = 0
    lost: list[Parcel] = field(default_factory=list)


def hand_offs_page(who: Who) -> dict[str, Any]:
    """Late ones first; of the bundles those that are prepared, then what is to be prepared."""
    assert who.school is not None  # the gate admits people of a school only
    contents = [one for one in owed_contents(who.school.pk, who.at) if may_handle(who, one[0])]
    bundles = [one for one in open_bundles(who.school.pk) if may_handle(who, one.content)]
    promised = _promised([content for content, _, _ in contents] + [b.content for b in bundles])
    single = _to_one_person(who, [content for content, people, _ in contents if people == 1])
    must = must_go_by_isams(who.school, who.at)
    return {
        "owed": _soonest_first(
            _to_prepare(content, people, _due(who, content, since, promised), single)
            for content, people, since in contents
        ),
        "bundles": _soonest_first(_prepared(who, bundle, promised) for bundle in bundles),
        "off_route": off_route(who.school) if must else None,
    }


def may_handle(who: Who, content: Content) -> bool:
    """Whether it may pass somebody's hands: not where it is about them, or about their office."""
    return content.thread is None or not kept_threads(who).filter(pk=content.thread).exists()


def attachments_of(content: Content) -> list[File]:
    """The files that a reply carries; what is held back stays."""
    if content.message is None:
        return []
    rows = Attachment.objects.filter(message__public_id=content.message, held_because="")
    return [File(one.name, read(one.stored)) for one in rows.select_related("stored") if one.stored]


def _to_one_person(who: Who, contents: list[Content]) -> dict[int, tuple[Parcel, bool]]:
    """By content: the one parcel of a reply, and whether its person may have it now."""
    assert who.school is not None  # asked of a page of a school
    replies = [one.pk for one in contents if one.purpose == Content.Purpose.REPLY]
    rows = list(owed_by_isams(who.school.pk, who.at).filter(content__in=replies, bundle=None))
    judged = judged_now(school_id=who.school.pk, parcels=rows, at=who.at)
    return {one.content_id: (one, one.pk in judged.people) for one in rows}


def _to_prepare(
    content: Content, people: int, due: Due, single: dict[int, tuple[Parcel, bool]]
) -> ToPrepare:
    if people > 1 or content.pk not in single:
        return ToPrepare(content=content, people=people, due=due)
    parcel, may = single[content.pk]
    return ToPrepare(content=content, people=1, due=due, parcel=parcel, may_have_it=may)


def _prepared(who: Who, bundle: Bundle, promised: dict[int, datetime]) -> Prepared:
    rows = that_may_go(bundle.parcels.filter(state=Parcel.State.OWED), who.at)
    parcels = list(rows.select_related("carer").order_by("carer__sorted_by", "pk"))
    judged = judged_now(school_id=bundle.school_id, parcels=parcels, at=who.at)
    since = min((one.posted_at for one in parcels), default=bundle.prepared_at)
    return Prepared(
        bundle=bundle,
        people=len(parcels),
        due=_due(who, bundle.content, since, promised),
        strangers=sum(not is_in_isams(one) for one in parcels),
        lost=[one for one in parcels if one.pk in set(judged.lost)],
    )


def _due(who: Who, content: Content, since: datetime, promised: dict[int, datetime]) -> Due:
    assert who.school is not None  # asked of a page of a school
    promise = promised.get(content.thread or 0)
    at = promise or to_be_sent_by(who.school, since)
    return Due(at=at, promised=promise is not None, late=at is not None and at < who.at)


def _promised(contents: Iterable[Content]) -> dict[int, datetime]:
    """By conversation: when the family was promised the answer that is owed."""
    threads = {one.thread for one in contents if one.thread is not None}
    rows = Conversation.objects.filter(pk__in=threads, due_at__isnull=False)
    return {pk: due for pk, due in rows.values_list("pk", "due_at") if due}


def _soonest_first(items: Iterable[Any]) -> list[Any]:
    """What has no moment comes last."""
    return sorted(items, key=lambda one: one.due.at.timestamp() if one.due.at else math.inf)
