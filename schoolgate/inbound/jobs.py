"""Jobs of this room; each is one line that calls a verb."""

from procrastinate.contrib.django import app

from schoolgate.inbound.actions.fetching import fetch_waiting
from schoolgate.school.clock import now
from schoolgate.school.models import School


@app.task(name="inbound.fetch")
def fetch(school_id: int) -> None:
    """Fetch the pictures and recordings of one school that are due."""
    fetch_waiting(school=School.objects.get(pk=school_id), at=now())
