"""Correcting: exactly those who have the wrong version get the right one, and are told so."""

from datetime import datetime

from django.db import transaction

from schoolgate.announcements.actions.drafting import Words, written
from schoolgate.announcements.actions.moving import locked, move, tell_ledger
from schoolgate.announcements.actions.recalling import take_rows_back
from schoolgate.announcements.errors import ReasonMissing
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.states import Event
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import TeamMember


@transaction.atomic
def correct(
    *, actor: Actor, author: TeamMember, wrong: Announcement, words: Words, what_was_wrong: str,
    at: datetime,
) -> Announcement:  # fmt: skip
    """Stop what has not left of the wrong one, and draft what puts it right (UTC).

    Sending the draft is its own step. It goes to those whose row of the wrong one was sent or is
    in hand, as far as they may still receive it: nobody is added, nobody left out (2.2-T7).
    Raises ReasonMissing, NotFromHere.
    """
    if not what_was_wrong.strip():
        raise ReasonMissing
    held = locked(wrong)
    move(held, Event.CORRECTED)
    held.chase_at = None
    held.save(update_fields=["state", "chase_at"])
    stayed = take_rows_back(held, at)
    held.calls.filter(ended_at=None).update(ended_at=at)
    made = Announcement(
        school=held.school,
        author=author,
        changed_at=at,
        corrects=held,
        level=held.level,
        what_was_wrong=" ".join(what_was_wrong.replace("\0", "").split())[:300],
    )
    written(made, words, at)
    made.save()
    tell_ledger(actor, "corrected an announcement", held, at, by=str(made.public_id), stayed=stayed)
    return made
