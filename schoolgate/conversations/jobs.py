"""Jobs of the conversations; each is one line that calls a verb."""

from procrastinate.contrib.django import app

from schoolgate.conversations.actions.looking_through import look_through_waiting
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


@app.task(name="conversations.look_through_files")
def look_through_files(school_id: int) -> None:
    """Look through the files of one school that wait."""
    with one_school(school_id):
        look_through_waiting(school=School.objects.get(pk=school_id), at=now())
