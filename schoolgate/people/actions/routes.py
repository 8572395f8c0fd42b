"""A carer's routes: their email is changed or taken away; the rooms above see to the rest."""

from datetime import datetime

from django.db import transaction

from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, ContactRoute
from schoolgate.people.queries import email_of
from schoolgate.people.route_news import EmailChanged, on_email_changed

EMAIL = ContactRoute.Kind.EMAIL


@transaction.atomic
def change_email(*, actor: Actor, carer: Carer, address: str, at: datetime) -> None:
    """Change a carer's email, or take it away where the address is empty (UTC, threat T10)."""
    old, new = email_of(carer), address.strip().lower()
    if old.lower() == new:
        return
    carer.routes.filter(kind=EMAIL, ended_at=None).update(ended_at=at)
    if new:
        ContactRoute.objects.create(school=carer.school, carer=carer, kind=EMAIL, value=new)
    record(
        actor=actor,
        verb="changed an address",
        school_id=carer.school_id,
        about=("carer", carer.pk),
        at=at,
    )
    on_email_changed.tell(EmailChanged(carer=carer, old=old, actor=actor, at=at))
