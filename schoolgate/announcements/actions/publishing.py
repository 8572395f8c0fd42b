"""Publishing: the rows of everybody who gets it, made now, by the rule as it stands now."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.accounts.queries import who_is
from schoolgate.announcements.access import refusal_for
from schoolgate.announcements.actions.moving import locked, move, tell_ledger
from schoolgate.announcements.audience import Recipient, is_rung_about, priority_of, recipients_of
from schoolgate.announcements.models import Announcement, Call
from schoolgate.announcements.states import UNDER_WAY, Event
from schoolgate.announcements.wording import content_of
from schoolgate.delivery.actions.posting import email_state, post_alert
from schoolgate.delivery.actions.publishing import Addressee
from schoolgate.delivery.actions.publishing import publish as publish_rows
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.access import Who
from schoolgate.school.models import School

Channel, State = Parcel.Channel, Parcel.State


@transaction.atomic
def publish(*, school: School, number: int, at: datetime) -> int:
    """Publish one whose time has come; how many rows were new (UTC). Run twice, it does it once.

    It is asked again whether its sender may send it; if not, it is a draft again and both the
    writer and the sender are told.
    """
    found = Announcement.objects.filter(school=school, pk=number).first()
    held = locked(found) if found else None
    if held is None or held.state not in UNDER_WAY or held.publish_at is None:
        return 0
    if held.publish_at > at:
        return 0
    if not _may_still_send(held, at):
        _give_back(held, at)
        return 0
    return publish_now(held, actor=SYSTEM, at=at)


@transaction.atomic
def publish_due(*, school: School, at: datetime) -> int:
    """Publish whatever is due and was left behind by a job that died; how many (UTC)."""
    due = Announcement.objects.filter(school=school, state__in=UNDER_WAY, publish_at__lte=at)
    numbers = list(due.values_list("pk", flat=True))
    for number in numbers:
        publish(school=school, number=number, at=at)
    return len(numbers)


def publish_now(held: Announcement, *, actor: Actor, at: datetime) -> int:
    """Publish a row that is held; how many parcels were new (UTC). Raises NotFromHere."""
    people = recipients_of(held, at)
    move(held, Event.PUBLISHED)
    held.content = held.content or content_of(held, at)
    held.published_at = held.publish_at = at
    held.save()
    new = publish_rows(
        content=held.content,
        addressees=addressees(people, held.content, at),
        priority=priority_of(held),
        at=at,
    )
    if is_rung_about(held):
        _ring(held, people, at)
    tell_ledger(actor, "published an announcement", held, at, people=len(people))
    return new


def addressees(people: Iterable[Recipient], content: Content, at: datetime) -> Iterator[Addressee]:
    """A portal row for each person, and one for each way that they are reached by."""
    by_email = email_state(content, at) or State.OWED
    for one in people:
        yield Addressee(
            carer=one.carer, children=one.children, channel=Channel.PORTAL, state=State.SENT
        )
        for channel in one.reach.channels:
            begins = by_email if channel == Channel.EMAIL else State.WAITING
            state = State.GATHERED if one.by_digest and begins == State.WAITING else begins
            yield Addressee(carer=one.carer, children=one.children, channel=channel, state=state)


def _ring(held: Announcement, people: Iterable[Recipient], at: datetime) -> None:
    """Whom no way reaches is on the call list at once."""
    Call.objects.bulk_create(
        (
            Call(
                school=held.school,
                announcement=held,
                carer_id=one.carer,
                children=list(one.children),
                because=one.reach.unreached,
                put_at=at,
            )
            for one in people
            if one.reach.unreached
        ),
        ignore_conflicts=True,
    )


def _may_still_send(held: Announcement, at: datetime) -> bool:
    if held.sender is None or held.sender.user_id is None:
        return False
    who: Who = who_is(school=held.school, user_id=held.sender.user_id, at=at)
    return who.member is not None and refusal_for(who, held) is None


def _give_back(held: Announcement, at: datetime) -> None:
    told = {member.pk: member for member in (held.author, held.sender) if member}
    move(held, Event.UNDONE)
    held.publish_at = held.sender = None
    held.save(update_fields=["state", "publish_at", "sender"])
    content = Content.objects.create(
        school=held.school,
        purpose=Content.Purpose.ALERT,
        subject=_("An announcement was not sent"),
        text=_("Whoever was to send it may not do so any more. It is a draft again.\n"),
        written_at=at,
    )
    post_alert(content=content, members=told.values(), at=at)
    tell_ledger(SYSTEM, "held an announcement back", held, at)
