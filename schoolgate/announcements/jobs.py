"""Jobs of this room; each is one line that calls a verb."""

from procrastinate.contrib.django import app

from schoolgate.announcements.actions.publishing import publish
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


@app.task(name="announcements.publish")
def publish_one(school_id: int, number: int) -> None:
    """Publish one announcement whose time has come."""
    with one_school(school_id):
        publish(school=School.objects.get(pk=school_id), number=number, at=now())
