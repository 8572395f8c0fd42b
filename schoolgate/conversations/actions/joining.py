"""Joining: two threads of one matter become one, and the older promise counts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.moving import locked, move, open_promises, save
from schoolgate.conversations.actions.receipts import send_note
from schoolgate.conversations.actions.seeing import carry_seen
from schoolgate.conversations.errors import NotTheSameMatter
from schoolgate.conversations.models import Closure, Conversation, Message, Promised
from schoolgate.conversations.states import SIDE, Event, State
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise


@transaction.atomic
def join(
    *,
    actor: Actor,
    member: TeamMember,
    conversation: Conversation,
    into: Conversation,
    at: datetime,
) -> Conversation:
    """Go on with one thread in another of the same adult and child (UTC).

    Every message moves; nothing is answered by it (5.1), so that the older open promise lives on.
    Answers to emails of the old thread come to the new one. The family is told. Raises
    NotTheSameMatter, NotFromHere.
    """
    first, second = sorted((conversation, into), key=lambda one: one.pk)
    held = {one.pk: one for one in (locked(first), locked(second))}
    old, new = held[conversation.pk], held[into.pk]
    if not may_be_joined(old, new):
        raise NotTheSameMatter
    Message.objects.filter(conversation=old).update(conversation=new)
    old.asides.update(conversation=new)
    carry_seen(old, new)
    new.guided = new.guided or old.guided
    for kind in (Promise.Kind.REPLY, Promise.Kind.NEWS):
        _older_counts(old, new, kind, at)
    waits = {one.kind for one in open_promises(new)}
    if Promise.Kind.REPLY in waits:
        new.state = State.WITH_SCHOOL
    elif waits:
        new.state = State.PROMISED
    new.side = SIDE[State(new.state)]
    save(new, new.messages.latest("at", "id"))
    _close(old, new, member, at)
    _tell(old, new, at)
    record(
        actor=actor,
        verb="joined",
        school_id=old.school_id,
        about=("conversation", old.public_id),
        at=at,
        into=str(new.public_id),
    )
    return new


def may_be_joined(old: Conversation, new: Conversation) -> bool:
    """Only one adult's threads of one kind, about one child: nobody gains sight of anything."""
    return (
        old.pk != new.pk
        and old.school_id == new.school_id
        and old.carer_id == new.carer_id
        and old.kind == new.kind
        and old.about_member_id == new.about_member_id
        and old.about_office == new.about_office
        and old.pupil_id in {None, new.pupil_id}
        and (new.sensitive or not old.sensitive)
        and State.CLOSED not in {old.state, new.state}
    )


def _older_counts(old: Conversation, new: Conversation, kind: Promise.Kind, at: datetime) -> None:
    """Of two open promises the sooner stays, with all that was told of it."""
    theirs = open_promises(old).filter(kind=kind).first()
    ours = open_promises(new).filter(kind=kind).first()
    if theirs is None:
        return
    if ours is not None:
        if (ours.due_at or at, ours.started_at) <= (theirs.due_at or at, theirs.started_at):
            clock.withdraw(promise=theirs, at=at)
            return
        clock.withdraw(promise=ours, at=at)
    theirs.subject = new.public_id
    theirs.save(update_fields=["subject"])
    Promised.objects.filter(promise=theirs).update(conversation=new)


def _close(old: Conversation, new: Conversation, member: TeamMember, at: datetime) -> None:
    move(old, Event.CLOSED)
    Closure.objects.create(
        school=old.school,
        conversation=old,
        member=member,
        reason=_("It goes on in “{name}”.").format(name=new.subject),
        at=at,
    )
    old.merged_into = new
    save(old)
    # Whatever was joined to the old one before goes on in the new one too.
    Conversation.objects.filter(merged_into=old).update(merged_into=new)


def _tell(old: Conversation, new: Conversation, at: datetime) -> None:
    Message.objects.create(
        school=old.school,
        conversation=old,
        direction=Message.Direction.AUTOMATIC,
        channel=Message.Channel.PORTAL,
        body=_("What you wrote here goes on in “{name}”.").format(name=new.subject),
        leads_to=new,
        at=at,
    )
    words = _("What you wrote in “{name}” stands here now, since both are about the same matter.")
    send_note(new, words.format(name=old.subject), at)
