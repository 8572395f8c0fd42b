"""Separating: a new matter on an old thread gets a conversation and a clock of its own."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.moving import (
    locked,
    move,
    open_promises,
    promise,
    restart,
    save,
)
from schoolgate.conversations.actions.naming import check_names_in
from schoolgate.conversations.actions.receipts import send_receipt
from schoolgate.conversations.actions.seeing import carry_seen
from schoolgate.conversations.errors import NotFromHere, NothingToSeparate, NotOneOfYours
from schoolgate.conversations.models import Conversation, FamilyWord, Message
from schoolgate.conversations.models.calls import without_tries
from schoolgate.conversations.routing import first_owner, kept_from, present, without_a_person
from schoolgate.conversations.states import SIDE, Event, State
from schoolgate.conversations.waiting import Said, waits_since
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Pupil, Receives
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise


@transaction.atomic
def separate(
    *,
    actor: Actor,
    conversation: Conversation,
    chosen: Collection[UUID],
    pupil: Pupil | None,
    subject: str,
    at: datetime,
    named_because: str = "",
) -> Conversation:
    """Move some of a family's messages to a conversation of their own (UTC).

    Its promise runs from the oldest of them, since nobody has answered it there; the old thread
    waits from what is left (Clause 2.2-T1). The family is told where to look. Raises
    NothingToSeparate, NotOneOfYours, NotFromHere, OtherChildNamed.
    """
    conversation = locked(conversation)
    if conversation.state == State.CLOSED:
        raise NotFromHere
    theirs = conversation.messages.filter(direction=Message.Direction.FAMILY)
    moved = list(theirs.filter(public_id__in=chosen).order_by("at", "id"))
    if not moved or len(moved) == theirs.count():
        raise NothingToSeparate
    if pupil and not may_receive(
        carer=conversation.carer, pupil=pupil, level=Receives.PROGRESS, at=at
    ):
        raise NotOneOfYours
    if subject.strip():
        check_names_in(
            conversation, subject, actor=actor, said_in=uuid4(), because=named_because, at=at
        )
    new = _opened(conversation, moved, pupil, subject, at)
    Message.objects.filter(pk__in=[one.pk for one in moved]).update(conversation=new)
    carry_seen(conversation, new)
    made = promise(new, Promise.Kind.REPLY, moved[0].at)
    save(new, moved[-1])
    _count_again(conversation, at)
    _tell(conversation, new, made, at)
    record(
        actor=actor,
        verb="separated",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
        into=str(new.public_id),
        messages=len(moved),
    )
    return new


def _opened(
    old: Conversation, moved: list[Message], pupil: Pupil | None, subject: str, at: datetime
) -> Conversation:
    """With the owner whom a new matter about that child has.

    What was written in a complaint stays with those who see complaints, and what is about somebody
    stays kept from them (Clause 2.2-T5).
    """
    complains = old.kind == Conversation.Kind.COMPLAINT
    kind = Conversation.Kind.COMPLAINT if complains else Conversation.Kind.ORDINARY
    never, otherwise = kept_from(old), without_a_person(old)
    owner = first_owner(kind=kind, topic="", pupil=pupil, at=at)
    if pupil == old.pupil and old.owner:
        owner = present(old.owner, at, never=never, otherwise=otherwise)
    elif owner.member in never or old.about_office:
        owner = otherwise
    return Conversation.objects.create(
        school=old.school,
        carer=old.carer,
        pupil=pupil,
        kind=kind,
        subject=(" ".join(subject.split()) or old.subject)[:200],
        state=State.WITH_SCHOOL,
        side=SIDE[State.WITH_SCHOOL],
        owner=owner.member,
        queue=owner.queue,
        owned_since=at,
        sensitive=old.sensitive,
        guided=old.guided,
        about_member=old.about_member,
        about_office=old.about_office,
        opened_at=moved[0].at,
        last_at=moved[-1].at,
        last_channel=moved[-1].channel,
    )


def _count_again(conversation: Conversation, at: datetime) -> None:
    """The old thread's promise, from what is left in it; a named day stays named."""
    told = conversation.messages.exclude(direction=Message.Direction.AUTOMATIC)
    asked_again = FamilyWord.objects.filter(
        message__conversation=conversation,
        verdict=FamilyWord.Verdict.DID_NOT_ANSWER,
        withdrawn_at=None,
    )
    since = waits_since(
        [
            *(Said(at, by_school=False) for at in asked_again.values_list("said_at", flat=True)),
            *(
                Said(one.at, by_school=one.direction == Message.Direction.SCHOOL)
                for one in without_tries(told)
            ),
        ]
    )
    waiting = open_promises(conversation).filter(kind=Promise.Kind.REPLY).first()
    if waiting and since is None:
        clock.withdraw(promise=waiting, at=at)
    elif waiting and since and waiting.started_at != since:
        restart(conversation, waiting, since, at)
    if not open_promises(conversation).exists():
        move(conversation, Event.TAKEN_APART)
    save(conversation, told.latest("at", "id"))


def _tell(old: Conversation, new: Conversation, made: Promise, at: datetime) -> None:
    """A line in the old thread that leads to the new one, and there a note with its day."""
    Message.objects.create(
        school=old.school,
        conversation=old,
        direction=Message.Direction.AUTOMATIC,
        channel=Message.Channel.PORTAL,
        body=_("Something that you wrote here has a conversation of its own now: “{name}”.").format(
            name=new.subject
        ),
        leads_to=new,
        at=at,
    )
    send_receipt(
        new,
        made,
        answers="",
        at=at + timedelta(milliseconds=1),
        before=_(
            "Something that you wrote in “{name}” has a conversation of its own now, so that "
            "nothing is missed. You can write here."
        ).format(name=old.subject),
    )
