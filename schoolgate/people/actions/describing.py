"""What the school knows of a carer: capacity, language, needs, what helps, what is protected."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.homes import wipe_addresses
from schoolgate.people.models import Carer, HouseholdStay
from schoolgate.people.same_person import rows_of_the_same_adult


@dataclass(frozen=True)
class About:
    """A carer in their own words and by their own wishes."""

    called: str = ""
    capacity: str = Carer.Capacity.FAMILY
    language: str = "en"
    needs: tuple[str, ...] = ()
    what_helps_us: str = ""


@transaction.atomic
def describe(*, actor: Actor, carer: Carer, to: About, at: datetime) -> Carer:
    """Write down what a carer has asked for and in what capacity they act (UTC).

    Somebody who acts for the placing authority leaves their household; what they receive for each
    child stays as it is, for nothing widens or narrows by itself (decisions 4 and 19).
    """
    carer = Carer.objects.select_for_update().get(pk=carer.pk)
    values = {
        "called": to.called,
        "capacity": to.capacity,
        "language": to.language,
        "needs": list(to.needs),
        "what_helps_us": to.what_helps_us,
    }
    changed = [name for name, value in values.items() if getattr(carer, name) != value]
    for name in changed:
        setattr(carer, name, values[name])
    if changed:
        carer.save(update_fields=changed)
        _record(actor, "described a carer", carer, at, changed=changed)
    if carer.is_professional:
        leave_household(carer=carer, at=at)
    return carer


def leave_household(*, carer: Carer, at: datetime) -> None:
    """End a carer's stay in a household today, where there is one (UTC)."""
    HouseholdStay.objects.filter(carer=carer, until=None).update(until=at.date())


@transaction.atomic
def protect_address(*, actor: Actor, carer: Carer, at: datetime) -> None:
    """Note that where somebody lives is protected; the address is never kept (UTC, threat T2).

    It is noted on every row of the adult (decision 26).
    """
    for one in (carer, *rows_of_the_same_adult(carer)):
        unmarked = Carer.objects.filter(pk=one.pk, protected_address=False)
        if unmarked.update(protected_address=True, unprotected_at=None):
            wipe_addresses(one)
            _record(actor, "protected an address", one, at)


@transaction.atomic
def unprotect_address(*, actor: Actor, carer: Carer, at: datetime) -> None:
    """Note that where somebody lives needs no protection now: the head's or DSL's word (UTC)."""
    marked = Carer.objects.filter(pk=carer.pk, protected_address=True)
    if marked.update(protected_address=False, unprotected_at=at):
        _record(actor, "ended the protection of an address", carer, at)


def _record(actor: Actor, verb: str, carer: Carer, at: datetime, **facts: object) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=carer.school_id,
        about=("carer", carer.pk),
        at=at,
        **facts,
    )
