"""A carer's routes: their email, their numbers, and which is tried first."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.errors import SameRoute
from schoolgate.people.judging import narrow
from schoolgate.people.models import Carer, ContactRoute
from schoolgate.people.queries import email_of
from schoolgate.people.route_news import EmailChanged, on_email_changed
from schoolgate.people.telephone import read_number, same_number

EMAIL = ContactRoute.Kind.EMAIL
NUMBERS = (ContactRoute.Kind.MOBILE, ContactRoute.Kind.PHONE)


@transaction.atomic
def change_email(*, actor: Actor, carer: Carer, address: str, at: datetime) -> None:
    """Change a carer's email, or take it away where the address is empty (UTC, threat T10)."""
    old, new = email_of(carer), address.strip().lower()
    if old.lower() == new:
        return
    narrow(carer.school_id)
    current = carer.routes.filter(kind=EMAIL, ended_at=None)
    place = current.values_list("preference", flat=True).first() or 1
    current.update(ended_at=at)
    if new:
        ContactRoute.objects.create(
            school=carer.school, carer=carer, kind=EMAIL, value=new, preference=place
        )
    _record(actor, "changed an address", carer, at)
    on_email_changed.tell(EmailChanged(carer=carer, old=old, actor=actor, at=at))


@transaction.atomic
def add_number(
    *, actor: Actor, carer: Carer, kind: ContactRoute.Kind, number: str, at: datetime
) -> ContactRoute:
    """Add a telephone number, tried after those that are there (UTC).

    Raises NotANumber and SameRoute.
    """
    kept, current = read_number(number), list(_current(carer))
    if any(same_number(route.value, kept) for route in current if route.kind in NUMBERS):
        raise SameRoute
    last = max((route.preference for route in current), default=0)
    route = ContactRoute.objects.create(
        school_id=carer.school_id, carer=carer, kind=kind, value=kept, preference=last + 1
    )
    _record(actor, "added a number", carer, at, route=route.pk)
    return route


@transaction.atomic
def end_number(*, actor: Actor, route: ContactRoute, at: datetime) -> None:
    """Take a telephone number away (UTC); an email is changed by its own verb."""
    narrow(route.school_id)
    gone = ContactRoute.objects.filter(pk=route.pk, kind__in=NUMBERS, ended_at=None)
    if gone.update(ended_at=at):
        _record(actor, "ended a number", route.carer, at, route=route.pk)


@transaction.atomic
def try_first(*, actor: Actor, route: ContactRoute, at: datetime) -> None:
    """Let one route be tried first; the others keep their order (UTC)."""
    others = [other for other in _current(route.carer) if other.pk != route.pk]
    order = [route, *others]
    for place, one in enumerate(order, start=1):
        one.preference = place
    ContactRoute.objects.bulk_update(order, ["preference"])
    ids = [one.pk for one in order]
    _record(actor, "ordered the routes", route.carer, at, routes=ids)


@transaction.atomic
def works_again(*, actor: Actor, route: ContactRoute, at: datetime) -> None:
    """Somebody has seen that a route works after all: it is tried as before (UTC, threat T15)."""
    again = ContactRoute.objects.filter(pk=route.pk, ended_at=None, failing_since__isnull=False)
    if again.update(failing_since=None):
        _record(actor, "found a route working", route.carer, at, route=route.pk)


def _current(carer: Carer) -> QuerySet[ContactRoute]:
    return carer.routes.select_for_update().filter(ended_at=None)


def _record(actor: Actor, verb: str, carer: Carer, at: datetime, **facts: object) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=carer.school_id,
        about=("carer", carer.pk),
        at=at,
        **facts,
    )
