"""A changed way in takes two people where much hangs on it: one asks, another decides (T10)."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from schoolgate.accounts.actions.alerting import alert_of_a_change
from schoolgate.accounts.actions.cards import issue_approved_card
from schoolgate.accounts.actions.devices import end_devices
from schoolgate.accounts.errors import AlreadyDecided, NotTheirs, SamePerson, StillWaits
from schoolgate.accounts.guarding import is_guarded, refuse_unfit
from schoolgate.accounts.models import SignInChange, User
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import Role
from schoolgate.people.models import Carer, TeamMember
from schoolgate.people.queries import roles_of

Outcome, What = SignInChange.Outcome, SignInChange.What
TO_STOP_IT = timedelta(hours=1)


@transaction.atomic
def ask_for_reset(
    *,
    actor: Actor,
    by: TeamMember,
    person: TeamMember | Carer,
    because: str,
    at: datetime,
    what: str = What.RESET,
) -> SignInChange:
    """Ask that somebody's second factor be reset, or for a card; one of a kind stands (UTC).

    Whoever it is for is told at once, by every address that is theirs.
    """
    whose = {"member": person} if isinstance(person, TeamMember) else {"carer": person}
    change = SignInChange.objects.filter(outcome="", what=what, **whose).first()
    if change is None:
        wait = TO_STOP_IT if is_guarded(person, at) else timedelta()
        change = SignInChange.objects.create(
            school=person.school,
            what=what,
            asked_by=by,
            because=because,
            asked_at=at,
            waits_until=at + wait,
            **whose,
        )
        _record(actor, f"asked for a {what}", change, at)
        alert_of_a_change(person=person, asked_by=by, at=at)
    return change


@transaction.atomic
def decide_reset(
    *, actor: Actor, by: TeamMember, reset: SignInChange, approve: bool, at: datetime
) -> str:
    """Approve or refuse a change (UTC); the code of a card that is approved, else nothing.

    A reset takes the keys and signs out every device. Raises SamePerson, NotTheirs, TooNew,
    TiedToTheAsker, StillWaits and AlreadyDecided.
    """
    change = SignInChange.objects.select_for_update(of=("self",)).get(pk=reset.pk)
    if change.outcome:
        raise AlreadyDecided
    refuse_unfit(change, by, at)
    if approve and change.waits_until > at and change.seen_by is None:
        raise StillWaits
    _settle(change, Outcome.APPROVED if approve else Outcome.REFUSED, by, at)
    _record(actor, f"{change.outcome} a {change.what}", change, at)
    if not approve:
        return ""
    if change.what == What.CARD:
        return issue_approved_card(actor=actor, person=change.person, at=at)
    _take_the_keys(change, at)
    return ""


@transaction.atomic
def confirm_in_person(*, actor: Actor, by: TeamMember, change: SignInChange, at: datetime) -> None:
    """The safeguarding lead has met whoever it is for: it waits no longer (UTC).

    Raises NotTheirs, SamePerson and AlreadyDecided.
    """
    if Role.DSL not in roles_of(by, at):
        raise NotTheirs
    if by.pk in {change.asked_by_id, change.member_id}:
        raise SamePerson
    if not SignInChange.objects.filter(pk=change.pk, outcome="").update(seen_by=by):
        raise AlreadyDecided
    _record(actor, "met somebody about a way in", change, at)


@transaction.atomic
def stop_change(*, user_id: int, change: SignInChange, at: datetime) -> None:
    """Whoever it is for stops it (UTC). Raises NotTheirs and AlreadyDecided."""
    if change.person.user_id != user_id:
        raise NotTheirs
    row = SignInChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if row.outcome:
        raise AlreadyDecided
    _settle(row, Outcome.STOPPED, None, at)
    person = change.person
    _record(_own_hand(person), f"stopped a {row.what}", row, at)


def _own_hand(person: TeamMember | Carer) -> Actor:
    if isinstance(person, TeamMember):
        return Actor(kind="team", id=person.pk, name=person.name)
    return Actor(kind="carer", id=person.pk, name=person.name)


def _settle(change: SignInChange, outcome: str, by: TeamMember | None, at: datetime) -> None:
    change.decided_by, change.decided_at, change.outcome = by, at, outcome
    change.save(update_fields=["decided_by", "decided_at", "outcome"])


def _take_the_keys(change: SignInChange, at: datetime) -> None:
    user_id = change.person.user_id
    if user_id is None:
        return
    Authenticator.objects.filter(user_id=user_id).delete()
    User.objects.filter(pk=user_id).update(school_acted_at=at)
    end_devices(user_id=user_id)


def _record(actor: Actor, verb: str, change: SignInChange, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=change.school_id,
        about=("member" if change.member_id else "carer", change.person.pk),
        at=at,
        reset=change.pk,
    )
