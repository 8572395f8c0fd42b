"""What the tests of this room do again and again, in words."""

from datetime import datetime, timedelta
from typing import Any

from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.incidents.actions.holding import Held, hold_back
from schoolgate.incidents.actions.telling import tell
from schoolgate.incidents.actions.writing import What, write
from schoolgate.incidents.models import Hold, Incident, Telling
from schoolgate.people.access import Who
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see


def writes_down(cast: Cast, member: str, child: str, at: datetime, **more: Any) -> Incident:
    """Somebody writes down what happened half an hour ago."""
    said = {
        "kind": "restraint",
        "happened_at": at - timedelta(minutes=30),
        "place": "The hall",
        "facts": "Two adults held his arms for two minutes.",
        "talk_to": cast.team[member],
        "there": [cast.team[member]],
        **more,
    }
    what = What(pupil=cast.children[child], **said)
    return write(actor=actor_of(cast, member), member=cast.team[member], what=what, at=at)


def tells(cast: Cast, member: str, incident: Incident, at: datetime) -> dict[str, Telling]:
    """Somebody presses "Tell them now"; how it stands with each adult, by name."""
    tell(actor=actor_of(cast, member), member=cast.team[member], incident=incident, at=at)
    return tellings(incident)


def tellings(incident: Incident) -> dict[str, Telling]:
    """How it stands with each adult, by name."""
    rows = Telling.objects.filter(incident=incident).select_related("carer", "conversation")
    return {one.carer.name.split(" ")[0].lower(): one for one in rows}


def as_lead(cast: Cast, key: str, at: datetime) -> Who:
    """The transaction goes on as the safeguarding lead's, or as somebody else's."""
    see(school_id=cast.school.pk, user_id=cast.user_id(key))
    return who(cast, key, at)


def holds(cast: Cast, key: str, incident: Incident, at: datetime, carer: str = "") -> Hold:
    """The lead holds it back for three days, from one adult or from everybody."""
    lead = as_lead(cast, key, at)
    held = Held(
        carer=cast.carers[carer] if carer else None,
        reason="He said what would happen at home.",
        review_on=at.date() + timedelta(days=3),
    )
    return hold_back(who=lead, incident=incident, held=held, at=at)
