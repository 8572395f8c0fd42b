"""A lost second factor is reset by two people: one asks, another one decides (threat T10)."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from schoolgate.accounts.actions.devices import end_devices
from schoolgate.accounts.errors import AlreadyDecided, SamePerson
from schoolgate.accounts.models import SecondFactorReset, User
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, TeamMember

Outcome = SecondFactorReset.Outcome


@transaction.atomic
def ask_for_reset(
    *, actor: Actor, by: TeamMember, person: TeamMember | Carer, because: str, at: datetime
) -> SecondFactorReset:
    """Ask that somebody's second factor be reset; one request at a time stands (UTC)."""
    is_member = isinstance(person, TeamMember)
    whose = {"member": person} if is_member else {"carer": person}
    reset = SecondFactorReset.objects.filter(outcome="", **whose).first()
    if reset is None:
        reset = SecondFactorReset.objects.create(
            school=person.school, asked_by=by, because=because, asked_at=at, **whose
        )
        _record(actor, "asked for a reset", reset, at)
    return reset


@transaction.atomic
def decide_reset(
    *, actor: Actor, by: TeamMember, reset: SecondFactorReset, approve: bool, at: datetime
) -> SecondFactorReset:
    """Approve or refuse a reset; approved, the keys are gone and every device is signed out (UTC).

    Raises SamePerson for the one who asked and for the one it is for, and AlreadyDecided.
    """
    reset = SecondFactorReset.objects.select_for_update().get(pk=reset.pk)
    if by.pk in {reset.asked_by_id, reset.member_id}:
        raise SamePerson
    if reset.outcome:
        raise AlreadyDecided
    reset.decided_by, reset.decided_at = by, at
    reset.outcome = Outcome.APPROVED if approve else Outcome.REFUSED
    reset.save(update_fields=["decided_by", "decided_at", "outcome"])
    user_id = reset.person.user_id
    if approve and user_id is not None:
        Authenticator.objects.filter(user_id=user_id).delete()
        User.objects.filter(pk=user_id).update(school_acted_at=at)
        end_devices(user_id=user_id)
    _record(actor, f"{reset.outcome} a reset", reset, at)
    return reset


def _record(actor: Actor, verb: str, reset: SecondFactorReset, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=reset.school_id,
        about=("member" if reset.member_id else "carer", reset.person.pk),
        at=at,
        reset=reset.pk,
    )
