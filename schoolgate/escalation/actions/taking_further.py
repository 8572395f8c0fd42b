"""Taking further: a leader has it from now on; the first owner stays informed, the family is told.

By one press, at any time, and nobody can refuse it (Clauses 2.2-H3, 2.2-T8).
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.following import follow
from schoolgate.conversations.actions.handing_over import Because, Move, give
from schoolgate.conversations.actions.moving import locked, promise, save, wait_for_school
from schoolgate.conversations.actions.receiving import About, Words, receive, start
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import Owner, kept_from
from schoolgate.escalation.actions.happening import happen
from schoolgate.escalation.actions.telling import alert, tell_family_who_has_it
from schoolgate.escalation.errors import NobodyThere, SkipNeedsReason, WithThemAlready
from schoolgate.escalation.ladder import Rung, head_step, is_head_step, team_at
from schoolgate.escalation.models import Escalation
from schoolgate.escalation.states import Event
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, TeamMember
from schoolgate.response_clock.models import Promise

COMPLAINT = Conversation.Kind.COMPLAINT
ASKS = "I would like the headteacher to answer this."


@dataclass(frozen=True)
class Ask:
    """What a parent asks: in their words or none, and whether it is about somebody here."""

    words: str = ""
    about: TeamMember | None = None
    once: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True)
class Step:
    """What a colleague asks: to which step, why a step is passed over, and what to know first."""

    role: str = ""
    skipped_because: str = ""
    words: str = ""


@transaction.atomic
def ask_the_head(
    *, actor: Actor, carer: Carer, conversation: Conversation, ask: Ask, at: datetime
) -> Escalation:
    """A parent asks the head, with no permission and at any time (Clause 2.2-H3; UTC).

    Where it is about somebody here, it becomes a conversation of its own that this person neither
    has nor reads, and the first thread stays as it is. Asked twice, it is with the head already:
    what was written is added. Raises NobodyThere.
    """
    school = conversation.school
    never = kept_from(conversation) | ({ask.about} if ask.about else frozenset())
    rung = team_at(school, at).on_step(head_step(school), never=never)
    if rung is None:
        raise NobodyThere
    words = Words(body=ask.words.strip() or _(ASKS), at=at, once=ask.once, receipt=False)
    if ask.about is not None:
        thread = _apart(actor, carer, conversation, words, ask.about, rung)
    else:
        receive(actor=actor, conversation=conversation, carer=carer, words=words)
        thread = locked(conversation.merged_into or conversation)
        known = thread.escalations.filter(ended_at=None).first()
        if known is not None:
            return _higher(actor, known, thread, rung, at)
    return _raise(
        actor,
        thread,
        rung,
        Escalation(by=Escalation.By.PARENT, by_carer=carer, words=ask.words.strip()),
        at,
    )


@transaction.atomic
def take_further(
    *, actor: Actor, member: TeamMember, conversation: Conversation, to: Step, at: datetime
) -> Escalation:
    """A colleague takes it to the next leader, or with a reason to a higher one (2.2-T8, T8b).

    Raises NobodyThere, SkipNeedsReason, WithThemAlready.
    """
    thread = locked(conversation)
    team = team_at(thread.school, at)
    never = kept_from(thread)
    nearest = team.above(thread.owner, never=never)
    if not nearest:
        raise NobodyThere
    chosen = to.role or nearest[0].role
    rung = team.on_step(chosen, never=never)
    if rung is None:
        raise NobodyThere
    if rung.role == nearest[0].role:
        rung = nearest[0]
    elif not to.skipped_because.strip():
        raise SkipNeedsReason
    known = thread.escalations.filter(ended_at=None).first()
    if known is not None:
        return _higher(actor, known, thread, rung, at)
    return _raise(
        actor,
        thread,
        rung,
        Escalation(
            by=Escalation.By.STAFF,
            by_member=member,
            words=to.words.strip(),
            skipped_because=to.skipped_because.strip(),
        ),
        at,
    )


def _apart(
    actor: Actor,
    carer: Carer,
    conversation: Conversation,
    words: Words,
    about: TeamMember,
    rung: Rung,
) -> Conversation:
    """A thread of its own for what is about somebody: with the leader from its first moment."""
    thread = start(
        actor=actor,
        carer=carer,
        words=words,
        pupil=conversation.pupil,
        subject=conversation.subject,
        kind=COMPLAINT if conversation.kind == COMPLAINT else Conversation.Kind.ORDINARY,
        about=About(about, conversation.about_office),
    )
    thread = locked(thread)
    thread.sensitive = True
    thread.owner, thread.queue = rung.member, ""
    thread.save(update_fields=["sensitive", "owner", "queue"])
    return thread


def _raise(
    actor: Actor, thread: Conversation, rung: Rung, escalation: Escalation, at: datetime
) -> Escalation:
    school = thread.school
    counts = escalation.by == Escalation.By.PARENT or (
        school.settings.choices.staff_escalation_starts_head_clock
    )
    escalation.school, escalation.conversation = school, thread
    escalation.role, escalation.holder, escalation.raised_at = rung.role, rung.member, at
    escalation.asked_head = is_head_step(school, rung.role) and counts
    escalation.save()
    if thread.owner != rung.member:
        thread.first_owner = thread.owner if thread.owner not in kept_from(thread) else None
    _to_leader(actor, escalation, thread, rung, at)
    record(
        actor=actor,
        verb="taken further",
        school_id=school.pk,
        about=("conversation", thread.public_id),
        at=at,
        by=escalation.by,
        role=rung.role,
    )
    return escalation


def _higher(
    actor: Actor, escalation: Escalation, thread: Conversation, rung: Rung, at: datetime
) -> Escalation:
    """It is with a leader already: on to the one who was asked for now, if that is another."""
    if escalation.holder == rung.member:
        if actor.kind != "carer":
            raise WithThemAlready
        if escalation.asked_head or not is_head_step(thread.school, rung.role):
            return escalation
    escalation.asked_head = escalation.asked_head or is_head_step(thread.school, rung.role)
    escalation.role, escalation.holder = rung.role, rung.member
    happen(escalation, Event.CLIMBED, actor=actor, to=rung.member, at=at)
    _to_leader(actor, escalation, thread, rung, at)
    return escalation


def _to_leader(
    actor: Actor, escalation: Escalation, thread: Conversation, rung: Rung, at: datetime
) -> None:
    """The work moves, the leader's promise begins, the news' moment stands, and all are told."""
    before = thread.owner
    if before != rung.member:
        move = Move(Owner(member=rung.member), Because.TAKEN_FURTHER, escalation.words)
        give(actor=actor, conversation=thread, move=move, at=at)
    wait_for_school(thread, at)
    kind = Promise.Kind.HEAD if escalation.asked_head else Promise.Kind.LEADER
    promise(thread, kind, at)
    follow(thread, at)
    save(thread)
    tell_family_who_has_it(escalation, thread, at)
    alert(thread.school, [rung.member, *filter(None, [thread.first_owner])], at)
