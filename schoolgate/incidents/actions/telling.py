"""Telling: each adult entitled at that moment hears of it in a thread of their own."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from schoolgate.conversations.actions.opening_to import First, Opened, open_to_family
from schoolgate.delivery.models import Parcel
from schoolgate.incidents.actions.moving import locked, move
from schoolgate.incidents.errors import NobodyEntitled
from schoolgate.incidents.held import is_held
from schoolgate.incidents.models import Incident, Telling
from schoolgate.incidents.states import Event, State
from schoolgate.incidents.wording import subject_of, text_for
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.entitlement import entitled
from schoolgate.people.models import Carer, Link, Receives, TeamMember

# A parcel in one of these is on its way, or there.
ON_ITS_WAY = {
    Parcel.State.WAITING,
    Parcel.State.CLAIMED,
    Parcel.State.SENT,
    Parcel.State.OWED,
    Parcel.State.HANDED_OFF,
}


@transaction.atomic
def tell(*, actor: Actor, member: TeamMember, incident: Incident, at: datetime) -> list[Telling]:
    """Tell every adult entitled, whatever was said before of who that is (decision 10; UTC).

    Whom the safeguarding lead holds back gets nothing and stays as they were. Pressed twice it goes
    once. Raises NobodyEntitled.
    """
    incident = locked(incident)
    carers = [link.carer for link in recipients(incident, at)]
    if not carers:
        raise NobodyEntitled
    told = send_to(actor=actor, member=member, incident=incident, carers=carers, at=at)
    if incident.pressed_at is None:
        incident.pressed_at = at
        incident.save(update_fields=["pressed_at"])
        record(
            actor=actor,
            verb="told of an incident",
            school_id=incident.school_id,
            about=("incident", incident.public_id),
            at=at,
        )
    return told


def recipients(incident: Incident, at: datetime) -> list[Link]:
    """The links of those who may be told at a moment (UTC), by name."""
    rows = entitled(pupil=incident.pupil, level=Receives.PROGRESS, at=at)
    return list(rows.select_related("carer").order_by("carer__sorted_by", "pk"))


def send_to(
    *,
    actor: Actor,
    member: TeamMember,
    incident: Incident,
    carers: Iterable[Carer],
    at: datetime,
) -> list[Telling]:
    """Send to those of some adults who are not told yet and not held back (UTC).

    The caller holds the incident's row, and has asked who is entitled.
    """
    told = []
    for carer in carers:
        telling, _new = Telling.objects.get_or_create(
            incident=incident, carer=carer, defaults={"school": incident.school}
        )
        if telling.state == State.WRITTEN and not is_held(incident, carer):
            told.append(_send(actor, member, incident, telling, at))
    return told


def has_a_way(parcels: Sequence[Parcel]) -> bool:
    """Whether anything but the portal takes it to them: a page that nobody opens tells nobody."""
    beside = [one for one in parcels if one.channel != Parcel.Channel.PORTAL]
    return any(one.state in ON_ITS_WAY for one in beside)


def _send(
    actor: Actor, member: TeamMember, incident: Incident, telling: Telling, at: datetime
) -> Telling:
    opened = open_to_family(
        actor=actor,
        carer=telling.carer,
        pupil=incident.pupil,
        first=First(
            subject=subject_of(incident),
            body=text_for(incident, telling.carer),
            member=member,
            owner=incident.talk_to,
            sensitive=True,
            names_checked=True,
        ),
        at=at,
    )
    telling.incident = incident
    telling.conversation, telling.content, telling.sent_at = opened.conversation, opened.content, at
    move(telling, Event.SENT if _reached(opened) else Event.NO_WAY, at)
    telling.save()
    return telling


def _reached(opened: Opened) -> bool:
    return opened.reached and has_a_way(opened.parcels)
