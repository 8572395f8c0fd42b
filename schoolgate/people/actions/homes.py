"""A household's postal address: for letters alone, and never where somebody's is protected (T2)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import AddressProtected
from schoolgate.people.models import Carer, Household, HouseholdStay

MOST_LINES, LONGEST = 5, 60  # what the window of an envelope shows below a name


def household_of(carer: Carer) -> Household | None:
    """The household that a carer is part of now."""
    stay = carer.stays.filter(until=None).select_related("household").first()
    return stay.household if stay else None


@transaction.atomic
def set_address(*, actor: Actor, household: Household, lines: Sequence[str], at: datetime) -> None:
    """Keep where a household has its post, or nothing (UTC). Raises AddressProtected."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    kept = "\n".join(line.strip()[:LONGEST] for line in lines[:MOST_LINES] if line.strip())
    if kept and is_protected(household):
        raise AddressProtected
    household.address = kept
    household.save(update_fields=["address"])
    record(
        actor=actor,
        verb="changed a postal address",  # the address itself is in no record
        school_id=household.school_id,
        about=("household", household.pk),
        at=at,
    )


def wipe_addresses(carer: Carer) -> None:
    """Forget where the households of a carer have their post, in the caller's transaction (T2)."""
    stays = HouseholdStay.objects.filter(carer=carer).values("household")
    Household.objects.filter(pk__in=stays).exclude(address="").update(address="")


def wipe_protected(school_id: int) -> None:
    """Forget the addresses of households where somebody's is protected by now (T2)."""
    stays = HouseholdStay.objects.filter(
        school_id=school_id, until=None, carer__protected_address=True
    )
    found = Household.objects.filter(pk__in=stays.values("household")).exclude(address="")
    found.update(address="")


def is_protected(household: Household) -> bool:
    """Whether where somebody of a household lives is protected (threat T2)."""
    return household.stays.filter(until=None, carer__protected_address=True).exists()
