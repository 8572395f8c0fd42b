"""Asking the central sender to send, and what they say (Clause 2.1-M3)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.announcements.actions.checking import check_ready
from schoolgate.announcements.actions.moving import locked, move, tell_ledger
from schoolgate.announcements.actions.naming import check_no_other_child
from schoolgate.announcements.errors import OnlyTheOffice, ReasonMissing
from schoolgate.announcements.models import Announcement, Approval
from schoolgate.announcements.states import Event
from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.people.queries import holders, roles_of

CENTRAL = RoleHolding.Role.CENTRAL_SENDER


@transaction.atomic
def ask(
    *, actor: Actor, member: TeamMember, announcement: Announcement, at: datetime
) -> Announcement:
    """Ask the central sender to send it; they are told by their school address (UTC).

    Raises NotFromHere, NothingWritten, NobodyChosen, NotFilledIn, OtherChildNamed.
    """
    held = locked(announcement)
    check_ready(held)
    check_no_other_child(held, at)
    move(held, Event.ASKED)
    held.save(update_fields=["state"])
    Approval.objects.create(school=held.school, announcement=held, asked_by=member, asked_at=at)
    senders = holders(school_id=held.school_id, roles=(CENTRAL,), at=at)
    _tell(held, list(senders), _("Somebody asks you to send an announcement"), at)
    tell_ledger(actor, "asked for an announcement", held, at)
    return held


@transaction.atomic
def approve(
    *, actor: Actor, member: TeamMember, announcement: Announcement, at: datetime
) -> Announcement:
    """Say that it may go; the central sender then sends it (UTC).

    Raises OnlyTheOffice, NotFromHere.
    """
    held = _decided(announcement, member, approved=True, at=at)
    tell_ledger(actor, "approved an announcement", held, at)
    return held


@transaction.atomic
def decline(
    *, actor: Actor, member: TeamMember, announcement: Announcement, reason: str, at: datetime
) -> Announcement:
    """Say no, with a reason for who asked (UTC). Raises OnlyTheOffice, ReasonMissing, NotFromHere.

    They can change it and ask again.
    """
    if not reason.strip():
        raise ReasonMissing
    held = _decided(announcement, member, approved=False, at=at, reason=reason.strip()[:500])
    _tell(held, [held.author], _("Your announcement was not sent; there is a reason"), at)
    tell_ledger(actor, "declined an announcement", held, at)
    return held


def _decided(
    announcement: Announcement, member: TeamMember, *, approved: bool, at: datetime,
    reason: str = "",
) -> Announcement:  # fmt: skip
    if CENTRAL not in roles_of(member, at):
        raise OnlyTheOffice
    held = locked(announcement)
    move(held, Event.APPROVED if approved else Event.DECLINED)
    held.save(update_fields=["state"])
    held.approvals.filter(decided_at=None).update(
        decided_by=member, decided_at=at, approved=approved, reason=reason
    )
    return held


def _tell(held: Announcement, members: list[TeamMember], subject: str, at: datetime) -> None:
    """By email to the team; the words say nothing about a child."""
    content = Content.objects.create(
        school=held.school,
        purpose=Content.Purpose.ALERT,
        subject=subject,
        text=_("You can read it here:\n{page}\n").format(
            page=f"{settings.PUBLIC_ADDRESS}{held.team_page}"
        ),
        written_at=at,
    )
    post_alert(content=content, members=members, at=at)
