"""Whether somebody is not told for now: the database says yes or no, and nothing more."""

from django.db.models import BooleanField, Func, Value
from django.db.models.expressions import Combinable

from schoolgate.incidents.models import Incident
from schoolgate.people.models import Carer

Expression = Combinable | str


class IsHeld(Func):
    """Whether the safeguarding lead holds an incident back from a carer (decision 10)."""

    function = "incidents_held"
    output_field = BooleanField()

    def __init__(self, incident: Expression, carer: Expression) -> None:
        super().__init__(incident, carer)


def is_held(incident: Incident, carer: Carer) -> bool:
    """Whether one adult is not told of one incident for now."""
    rows = Carer.objects.filter(pk=carer.pk)
    return rows.filter(IsHeld(Value(incident.pk), "pk")).exists()
