"""What the leader who has it does: sees it, gives it on with a reason, settles it (5.3)."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.following import stop_following
from schoolgate.conversations.actions.handing_over import Because, Move, give
from schoolgate.conversations.actions.moving import (
    locked,
    move,
    open_promises,
    promise,
    save,
    wait_for_school,
)
from schoolgate.conversations.actions.naming import check_names_in
from schoolgate.conversations.actions.receiving import About, Words, start
from schoolgate.conversations.actions.telling_family import tell
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import Owner, kept_from, present
from schoolgate.conversations.states import Event as ThreadEvent
from schoolgate.conversations.states import State as ThreadState
from schoolgate.escalation.actions.happening import happen
from schoolgate.escalation.actions.telling import alert
from schoolgate.escalation.errors import NobodyThere, ReasonNeeded, WithThemAlready
from schoolgate.escalation.models import Escalation
from schoolgate.escalation.states import Event, State
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, TeamMember
from schoolgate.people.presence import is_here
from schoolgate.response_clock import actions as clock
from schoolgate.response_clock.models import Promise


@transaction.atomic
def note_receipt(*, actor: Actor, escalation: Escalation, member: TeamMember, at: datetime) -> None:
    """The leader who has it opens it for the first time (5.3 RECEIVED; UTC)."""
    escalation = _locked(escalation)
    if escalation.holder == member and escalation.state == State.RAISED:
        happen(escalation, Event.RECEIVED, actor=actor, at=at)


@transaction.atomic
def redirect(
    *,
    actor: Actor,
    escalation: Escalation,
    to: TeamMember,
    reason: str,
    at: datetime,
    named_because: str = "",
) -> Escalation:
    """Give it to somebody else, with a reason that the family reads; no clock stops for it.

    Who was asked for still owes the answer in time: a redirected question to the head is kept by
    the head's own word alone. Raises ReasonNeeded, WithThemAlready, NobodyThere, NotFromHere,
    OtherChildNamed.
    """
    if not reason.strip():
        raise ReasonNeeded
    escalation = _locked(escalation)
    thread = locked(escalation.conversation)
    if to == thread.owner:
        raise WithThemAlready
    if to in kept_from(thread) or not is_here(to, at):
        raise NobodyThere
    _check_names(actor, thread, reason, named_because, at)
    escalation.holder = to
    happen(escalation, Event.REDIRECTED, actor=actor, to=to, shown=reason.strip(), at=at)
    give(
        actor=actor,
        conversation=thread,
        move=Move(Owner(member=to), Because.TAKEN_FURTHER, reason.strip()),
        at=at,
    )
    _owes_an_answer(thread, at)
    save(thread)
    words = _("{name} has passed this to {to}: {reason}").format(
        name=actor.name, to=to.name, reason=reason.strip()
    )
    tell(thread, words, at)
    alert(thread.school, [to], at)
    _record(actor, "redirected", escalation, at)
    return escalation


def _check_names(
    actor: Actor, thread: Conversation, words: str, because: str, at: datetime
) -> None:
    """What a leader writes here the family reads (decision 17)."""
    check_names_in(thread, words, actor=actor, said_in=uuid.uuid4(), because=because, at=at)


def _owes_an_answer(thread: Conversation, at: datetime) -> None:
    """Who has it now owes an answer, also where the one before had answered already.

    A head's answer that is still owed stays the head's: nothing begins beside it.
    """
    if open_promises(thread).filter(kind=Promise.Kind.HEAD).exists():
        return
    promise(thread, Promise.Kind.LEADER, at)
    wait_for_school(thread, at)


@transaction.atomic
def settle(
    *, actor: Actor, escalation: Escalation, words: str, at: datetime, named_because: str = ""
) -> Escalation:
    """It was answered and is settled: the first owner has the thread again, if they are here.

    The family reads `words` and can ask again at any time. Raises ReasonNeeded, NotFromHere,
    OtherChildNamed.
    """
    if not words.strip():
        raise ReasonNeeded
    escalation = _locked(escalation)
    _check_names(actor, escalation.conversation, words, named_because, at)
    happen(escalation, Event.SETTLED, actor=actor, shown=words.strip(), at=at)
    thread = _end(actor, escalation, at)
    tell(thread, _("This is settled: {words}").format(words=words.strip()), at)
    _record(actor, "settled", escalation, at)
    return escalation


@transaction.atomic
def say_it_is_settled(*, actor: Actor, escalation: Escalation, at: datetime) -> Escalation:
    """The family says that it is settled: nobody owes them an answer any more (UTC).

    Raises NotFromHere.
    """
    escalation = _locked(escalation)
    happen(escalation, Event.FAMILY_SETTLED, actor=actor, at=at)
    thread = locked(escalation.conversation)
    for waiting in open_promises(thread):
        clock.withdraw(promise=waiting, at=at)
    if thread.state != ThreadState.CLOSED:
        move(thread, ThreadEvent.SETTLED)
        save(thread)
    _end(actor, escalation, at)
    _record(actor, "settled by the family", escalation, at)
    return escalation


@transaction.atomic
def make_a_complaint(
    *, actor: Actor, carer: Carer, escalation: Escalation, words: str, at: datetime
) -> Conversation:
    """It becomes a complaint, with a queue and a clock of its own; the leader still answers (5.3).

    Raises ReasonNeeded, NotFromHere.
    """
    if not words.strip():
        raise ReasonNeeded
    escalation = _locked(escalation)
    happen(escalation, Event.COMPLAINED, actor=actor, at=at)
    thread = escalation.conversation
    complaint = start(
        actor=actor,
        carer=carer,
        words=Words(body=words, at=at),
        pupil=thread.pupil,
        subject=thread.subject,
        kind=Conversation.Kind.COMPLAINT,
        about=About(thread.about_member, thread.about_office),
    )
    _record(actor, "made a complaint", escalation, at)
    return complaint


def _end(actor: Actor, escalation: Escalation, at: datetime) -> Conversation:
    """No more news is due; the thread goes back to who had it first, where that is possible."""
    thread = locked(escalation.conversation)
    stop_following(thread, at)
    first = thread.first_owner
    if first is not None:
        owner = present(first, at, never=kept_from(thread))
        if owner.member == first and thread.owner != first:
            give(actor=actor, conversation=thread, move=Move(owner), at=at)
        thread.first_owner = None
    save(thread)
    return thread


def _locked(escalation: Escalation) -> Escalation:
    """The row, held; the thread first, as everybody does, so that nobody waits for each other."""
    locked(escalation.conversation)
    return (
        Escalation.objects.select_for_update(of=("self",))
        .select_related("conversation", "holder", "school")
        .get(pk=escalation.pk)
    )


def _record(actor: Actor, verb: str, escalation: Escalation, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=escalation.school_id,
        about=("conversation", escalation.conversation.public_id),
        at=at,
    )
