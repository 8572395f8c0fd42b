"""Jobs of the conversations; each is one line that calls a verb."""

from procrastinate.contrib.django import app

from schoolgate.conversations.actions.connecting import connect_now
from schoolgate.conversations.actions.looking_through import look_through_waiting
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


@app.task(name="conversations.look_through_files")
def look_through_files(school_id: int) -> None:
    """Look through the files of one school that wait."""
    with one_school(school_id):
        look_through_waiting(school=School.objects.get(pk=school_id), at=now())


@app.task(name="conversations.connect_call")
def connect_call(
    school_id: int, conversation_id: int, route_id: int, line: int, member_id: int
) -> None:
    """Connect a school line with a family, as somebody has just asked for."""
    connect_now(
        school_id=school_id,
        conversation_id=conversation_id,
        route_id=route_id,
        line=line,
        member_id=member_id,
    )
