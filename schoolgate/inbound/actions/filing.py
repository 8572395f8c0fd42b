"""Filing: a person says where a mail belongs, and the family's clock runs from its receipt."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.access import visible_to_carer
from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.actions.handing_over import hand_over
from schoolgate.conversations.actions.receiving import Words, receive, start
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import first_owner, present
from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.inbound.actions.fetching import show_in_message
from schoolgate.inbound.actions.reading_again import read_again
from schoolgate.inbound.actions.reading_for_today import take_along
from schoolgate.inbound.errors import FiledAlready, NotTheirs, ReasonMissing, SenderNotConfirmed
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.inbound.sent import sent_to
from schoolgate.inbound.wording import words_of
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.access import Who
from schoolgate.people.entitlement import may_receive
from schoolgate.people.models import Carer, Pupil, Receives, TeamMember
from schoolgate.people.queries import has_access
from schoolgate.response_clock import actions as clock
from schoolgate.school import files


@transaction.atomic
def file_as_new(
    *,
    actor: Actor,
    member: TeamMember,
    item: TrayItem,
    carer: Carer,
    pupil: Pupil | None,
    at: datetime,
) -> Conversation:
    """Open a conversation with a carer from a tray item (UTC); its promise runs from the receipt.

    Raises FiledAlready, NotTheirs, and the errors of `conversations`.
    """
    item = _locked(item)
    if not may_receive(carer=carer, pupil=pupil, level=Receives.PROGRESS, at=at):
        raise NotTheirs
    conversation = start(
        actor=actor, carer=carer, words=_words(item, carer), pupil=pupil, subject=item.subject
    )
    _see_to_owner(conversation, at)
    _filed(actor, member, item, conversation, at)
    return conversation


@transaction.atomic
def file_in_thread(
    *, actor: Actor, member: TeamMember, item: TrayItem, conversation: Conversation, at: datetime
) -> Conversation:
    """Add a tray item to a thread as its carer's words (UTC).

    A mail whose sender was refused opens no sensitive thread (threat T10). Raises FiledAlready,
    NotTheirs, SenderNotConfirmed, and the errors of `conversations`.
    """
    item = _locked(item)
    if conversation.sensitive and item.authentication == Authentication.FAILED:
        raise SenderNotConfirmed
    theirs = visible_to_carer(Who(school=item.school, carer=conversation.carer, at=at))
    if not theirs.filter(pk=conversation.pk).exists():
        raise NotTheirs
    words = _words(item, conversation.carer, conversation)
    receive(actor=actor, conversation=conversation, carer=conversation.carer, words=words)
    _see_to_owner(conversation, at)
    _filed(actor, member, item, conversation, at)
    return conversation


@transaction.atomic
def file_to_child(
    *, actor: Actor, member: TeamMember, item: TrayItem, pupil: Pupil, at: datetime
) -> TeamMember | None:
    """Pass a tray item about a child to that child's tutor, for the team alone (UTC).

    For what comes from somebody who is no parent here: no family gets it, and nothing is answered.
    Who has it now; nobody means the office. Raises FiledAlready.
    """
    item = _locked(item)
    owner = first_owner(kind=Conversation.Kind.ORDINARY, topic="", pupil=pupil, at=at).member
    item.filed_child, item.passed_to = pupil, owner
    _filed(actor, member, item, None, at)
    if owner:
        _tell(item, owner, at)
    return owner


def _tell(item: TrayItem, owner: TeamMember, at: datetime) -> None:
    """That there is something, and not a word of it."""
    page = f"{settings.PUBLIC_ADDRESS}/{item.school.slug}/passed/{item.public_id}/"
    content = Content.objects.create(
        school=item.school,
        purpose=Content.Purpose.ALERT,
        subject=_("The office has passed something to you"),
        text=_("It is about a child whom you teach. You can read it here:\n{page}\n").format(
            page=page
        ),
        written_at=at,
    )
    post_alert(content=content, members=[owner], at=at)


@transaction.atomic
def see_to(*, actor: Actor, item: TrayItem, at: datetime) -> None:
    """Say that one has seen what was passed on (UTC); a second time changes nothing."""
    if not TrayItem.objects.filter(pk=item.pk, seen_at=None).update(seen_at=at):
        return
    record(
        actor=actor,
        verb="saw what was passed on",
        school_id=item.school_id,
        about=("tray item", item.public_id),
        at=at,
    )


@transaction.atomic
def set_aside(
    *, actor: Actor, member: TeamMember, item: TrayItem, reason: str, at: datetime
) -> None:
    """Say that a mail is not for us, and why (UTC); it stays kept.

    Raises FiledAlready, ReasonMissing.
    """
    item = _locked(item)
    item.not_for_us = " ".join(reason.split())[:300]
    if not item.not_for_us:
        raise ReasonMissing
    _filed(actor, member, item, None, at)


def _locked(item: TrayItem) -> TrayItem:
    """The row, held until the transaction ends, so that two colleagues do not file it twice."""
    rows = TrayItem.objects.select_for_update(of=("self",))
    item = rows.select_related("school", "arrival__stored", "arrival__school", "promise").get(
        pk=item.pk
    )
    if item.filed_at:
        raise FiledAlready
    return item


def _words(item: TrayItem, carer: Carer, thread: Conversation | None = None) -> Words:
    """What the mail says, read again from the original; the original itself if it can't be read."""
    mail = read_again(item)
    sent = sent_to(item.school, mail, carer, thread, answers=thread is not None)
    words = words_of(item.arrival, mail, sent, in_thread=thread is not None)
    if not mail.unreadable:
        return words
    name = "email.eml" if item.arrival.way == Arrival.Way.EMAIL else "original.txt"
    original = Upload(name=name, content=files.read(item.arrival.stored))
    return replace(words, folded="", mail_id="", uploads=(original,))


def _see_to_owner(conversation: Conversation, at: datetime) -> None:
    """The owner is judged now: whoever left since the receipt does not have it."""
    conversation.refresh_from_db()
    owner = conversation.owner
    if owner and not has_access(owner, at):
        hand_over(actor=SYSTEM, conversation=conversation, to=present(owner, at), summary="", at=at)


def _filed(
    actor: Actor,
    member: TeamMember,
    item: TrayItem,
    conversation: Conversation | None,
    at: datetime,
) -> None:
    item.filed_at, item.filed_by, item.filed_to = at, member, conversation
    item.save(
        update_fields=[
            "filed_at",
            "filed_by",
            "filed_to",
            "filed_child",
            "passed_to",
            "not_for_us",
        ]
    )
    take_along(item, member, at)
    show_in_message(item.arrival)
    clock.stop(promise=item.promise, by=item.public_id, at=at)
    record(
        actor=actor,
        verb="filed" if conversation or item.filed_child else "not for us",
        school_id=item.school_id,
        about=("tray item", item.public_id),
        at=at,
        conversation=str(conversation.public_id) if conversation else "",
    )
