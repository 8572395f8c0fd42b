"""Sending: two minutes in which it can be undone, a time of its own, or urgent at once."""

from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from schoolgate.announcements.access import refusal_for
from schoolgate.announcements.actions.checking import check_ready
from schoolgate.announcements.actions.moving import locked, move, tell_ledger
from schoolgate.announcements.actions.naming import check_no_other_child
from schoolgate.announcements.actions.publishing import publish_now
from schoolgate.announcements.actions.recalling import take_rows_back
from schoolgate.announcements.errors import InThePast, TooLateToUndo
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.states import UNDER_WAY, Event, State
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import Who

UNDO = timedelta(minutes=2)


@transaction.atomic
def send(*, actor: Actor, who: Who, announcement: Announcement, at: datetime) -> Announcement:
    """Let it go: at the end of two minutes it is published; something urgent at once (UTC).

    Clauses 2.1-M1, 2.1-M3. Raises NothingWritten, NotFilledIn, NobodyChosen, NotYourChildren,
    OnlyTheOffice, NotUrgentByYou, NotFromHere, OtherChildNamed (decision 17).
    """
    held = _ready(who, announcement, at)
    if held.is_urgent:
        held.sender = who.member
        publish_now(held, actor=actor, at=at)
        return held
    return _start(held, Event.SENT, who, actor, at + UNDO, at)


@transaction.atomic
def schedule(
    *, actor: Actor, who: Who, announcement: Announcement, publish_at: datetime, at: datetime
) -> Announcement:
    """Let it go at a time of its own (both in UTC); until then it can be taken back.

    Who gets it is worked out then. Raises InThePast and what `send` raises.
    """
    if publish_at <= at:
        raise InThePast
    return _start(_ready(who, announcement, at), Event.SCHEDULED, who, actor, publish_at, at)


@transaction.atomic
def take_back(*, actor: Actor, announcement: Announcement, at: datetime) -> Announcement:
    """Before it is published: it is a draft again, and nobody got it. Later: what waits stays here.

    What left or is in hand can't come back; the family's page says that it was taken back (UTC).
    Raises TooLateToUndo, NotFromHere.
    """
    held = locked(announcement)
    if held.state in UNDER_WAY:
        if held.publish_at and held.publish_at <= at:
            raise TooLateToUndo
        approved = held.sent_from == State.APPROVED
        move(held, Event.UNDONE_APPROVED if approved else Event.UNDONE)
        held.publish_at = held.sender = None
        held.save(update_fields=["state", "publish_at", "sender"])
        tell_ledger(actor, "undid a sending", held, at)
        return held
    move(held, Event.TAKEN_BACK)
    held.taken_back_at, held.chase_at = at, None
    held.save(update_fields=["state", "taken_back_at", "chase_at"])
    stayed = take_rows_back(held, at)
    held.calls.filter(ended_at=None).update(ended_at=at)
    tell_ledger(actor, "took an announcement back", held, at, stayed=stayed)
    return held


def _ready(who: Who, announcement: Announcement, at: datetime) -> Announcement:
    held = locked(announcement)
    check_ready(held)
    check_no_other_child(held, at)
    refused = refusal_for(who, held)
    if refused:
        raise refused
    return held


def _start(
    held: Announcement, event: Event, who: Who, actor: Actor, publish_at: datetime, at: datetime
) -> Announcement:
    before = held.state
    move(held, event)
    held.sender, held.sent_from, held.publish_at = who.member, before, publish_at
    held.save(update_fields=["state", "sender", "sent_from", "publish_at"])
    app.configure_task("announcements.publish", schedule_at=publish_at).defer(
        school_id=held.school_id, number=held.pk
    )
    tell_ledger(actor, f"{event} an announcement", held, at, publish_at=publish_at.isoformat())
    return held
