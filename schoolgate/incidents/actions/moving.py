"""What every verb does to a telling: hold the incident's row, follow the state machine."""

from datetime import datetime

from schoolgate.incidents.held import is_held
from schoolgate.incidents.models import Incident, Telling
from schoolgate.incidents.states import Event, State, after, standing


def locked(incident: Incident) -> Incident:
    """The row, held until the transaction ends: telling and holding come one after the other."""
    rows = Incident.objects.select_for_update(of=("self",))
    return rows.select_related("school", "pupil", "talk_to", "written_by").get(pk=incident.pk)


def locked_telling(telling: Telling) -> Telling:
    """A telling whose incident is held until the transaction ends."""
    locked(telling.incident)
    rows = Telling.objects.select_related("incident__school", "incident__pupil", "carer")
    return rows.get(pk=telling.pk)


def move(telling: Telling, event: Event, at: datetime) -> None:
    """Follow the state machine, with the moment (UTC) of being told; the caller saves.

    Raises NotFromHere.
    """
    held = is_held(telling.incident, telling.carer)
    telling.state = after(standing(telling.state, held=held), event)
    if telling.state in {State.TOLD, State.RECORDED}:
        telling.told_at = telling.told_at or at
    elif telling.state == State.NOT_REACHED:
        telling.told_at = None
        # Whoever is alarmed when it is due hears of this one too.
        Incident.objects.filter(pk=telling.incident_id).update(alarmed_at=None)
