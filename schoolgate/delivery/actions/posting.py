"""Posting: the rows of a sending, in the caller's transaction, before anything leaves."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from schoolgate.delivery.actions.quieting import Hush
from schoolgate.delivery.compose import is_notice_only
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.outcomes import News, on_arrival
from schoolgate.delivery.reach import Kind, Way, reach, routes_of
from schoolgate.people.models import Carer, TeamMember
from schoolgate.people.queries import email_to_write_to
from schoolgate.school.models import School

# Who has no email learns by these that there is an answer; it stands in the portal.
NOTICES = frozenset({str(Parcel.Channel.PUSH), str(Parcel.Channel.SMS)})


@transaction.atomic
def post(*, content: Content, carers: Iterable[Carer], at: datetime) -> list[Parcel]:
    """Write a portal parcel for each carer, and an email one or a notice where they have a way.

    The portal has its message at once; email goes by the school's route (Clauses 2.1-M2a, 2.1-M2b).
    """
    parcels: list[Parcel] = []
    for carer in carers:
        parcels.append(_deliver_to_portal(content, carer, at))
        parcels += _send_out(content, carer, at)
    for channel in {str(one.channel) for one in parcels if one.state == Parcel.State.WAITING}:
        wake_the_sorter(content.school, channel=channel)
    return parcels


@transaction.atomic
def post_in_portal(*, content: Content, carers: Iterable[Carer], at: datetime) -> list[Parcel]:
    """Write a portal parcel for each carer, and send nothing out."""
    return [_deliver_to_portal(content, carer, at) for carer in carers]


def _send_out(content: Content, carer: Carer, at: datetime) -> list[Parcel]:
    """By email where there is one; else a notice by the first way that they have."""
    state = email_state(content, at)
    by_email = email_to_write_to(carer)
    if by_email:
        return [_parcel(content, at, carer=carer, state=state)] if state else []
    if content.purpose != Content.Purpose.REPLY:
        return []
    routes = routes_of(school_id=content.school_id, carers=[carer.pk], kind=Kind.PERSON)
    found = reach(routes[carer.pk], Way(Kind.PERSON, allowed=NOTICES))
    hush = Hush(content.school, at, is_urgent=False)
    return [
        _parcel(content, at, carer=carer, channel=one, next_try_at=hush.until(carer.pk, one))
        for one in found.channels
    ]


def email_state(content: Content, at: datetime) -> Parcel.State | None:
    """How an email parcel begins at a moment (UTC): waiting, owed by iSAMS, or not at all.

    Where email must go by iSAMS nothing leaves by plain email until the head has recorded a
    variation; then notices without content may (reading O17, decision 11).
    """
    rules = content.school.settings
    is_receipt = content.purpose == Content.Purpose.RECEIPT
    if is_receipt and is_notice_only(content, rules.email_route):
        return None  # "you have a message" would be untrue of an automatic note
    if rules.email_route != "isams":
        return Parcel.State.WAITING
    if rules.notices_may_be_emailed(at):
        return Parcel.State.WAITING
    return Parcel.State.OWED if content.purpose == Content.Purpose.REPLY else None


@transaction.atomic
def post_alert(
    *,
    content: Content,
    members: Iterable[TeamMember],
    at: datetime,
    not_before: datetime | None = None,
) -> list[Parcel]:
    """Alert team members by their school address; the content says nothing about a child.

    At night it may wait until somebody is there: `not_before` (UTC).
    """
    leaves = max(at, not_before or at)
    parcels = [
        _parcel(content, at, member=member, next_try_at=leaves)
        for member in members
        if member.email
    ]
    wake_the_sorter(content.school)
    return parcels


@transaction.atomic
def post_code(
    *, content: Content, address: str, at: datetime, channel: str = Parcel.Channel.EMAIL
) -> Parcel:
    """Send a code, or a link that is one, to an address or by text to a number.

    Its words are wiped once it has left.
    """
    parcel = _parcel(content, at, address=address, channel=channel)
    wake_the_sorter(content.school, channel=channel)
    return parcel


@transaction.atomic
def post_to_address(*, content: Content, address: str, at: datetime) -> Parcel | None:
    """Send an automatic note to an address that may be nobody's here; it names no person or child.

    Nothing where the school's email must go by iSAMS (decision 11).
    """
    if email_state(content, at) != Parcel.State.WAITING:
        return None
    parcel = _parcel(content, at, address=address)
    wake_the_sorter(content.school)
    return parcel


def wake_the_sorter(
    school: School,
    *,
    channel: str = Parcel.Channel.EMAIL,
    urgent: bool = False,
    after: int = 0,
) -> None:
    """Ask for a sorting, in the caller's transaction; one that waits already is enough.

    Each channel has sortings of its own, so that a slow provider holds up nobody's email. An
    urgent one goes ahead of all other jobs; `after` is in seconds.
    """
    lock = f"sort-{channel}-{school.pk}{'-urgent' if urgent else ''}"
    try:
        with transaction.atomic():
            app.configure_task(
                "delivery.sort_post",
                queueing_lock=lock,
                priority=10 if urgent else 0,
                schedule_in={"seconds": after} if after else None,
                queue="email" if channel == Parcel.Channel.EMAIL else "channels",
            ).defer(school_id=school.pk, channel=channel)
    except AlreadyEnqueued:
        return


def _deliver_to_portal(content: Content, carer: Carer, at: datetime) -> Parcel:
    parcel = _parcel(
        content,
        at,
        carer=carer,
        channel=Parcel.Channel.PORTAL,
        state=Parcel.State.SENT,
        ended_at=at,
    )
    on_arrival.tell(News(parcels=[parcel], at=at))
    return parcel


def _parcel(content: Content, at: datetime, **fields: object) -> Parcel:
    values: dict[str, object] = {"channel": Parcel.Channel.EMAIL, "next_try_at": at, **fields}
    return Parcel.objects.create(school=content.school, content=content, posted_at=at, **values)
