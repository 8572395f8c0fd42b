"""One verb of the post room inside Django, as the plain role, for the benches; prints JSON."""

import json
import sys
import time

import django

django.setup()

from django.db import connection
from django.utils import timezone

from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.models import Content, ContentWords, Parcel, Priority
from schoolgate.delivery.reach import Kind, Way, reach, routes_of
from schoolgate.people.entitlement import recipients
from schoolgate.people.models import Pupil, Receives
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

TEXT = """School closes at 13:00 on Wednesday 2 December. The heating is mended in the afternoon.

Lunch is as usual. Taxis will come at 13:00: we have asked the council, and they have said yes.

If 13:00 is hard for your family, tell us. We can look after your child in the library until 15:15.
"""
POLISH = """W środę 2 grudnia szkoła kończy się o 13:00. Po południu naprawiane jest ogrzewanie.

Obiad jest jak zwykle. Taksówki przyjadą o 13:00: zapytaliśmy o to władze i się zgodziły.

Jeśli godzina 13:00 jest trudna, powiedzcie nam. Dziecko może zostać w bibliotece do 15:15.
"""


def main(priority: str, most: int) -> None:
    """Publish to the carers of the first so many children; the time includes every rule."""
    connection.ensure_connection()
    began = time.perf_counter()
    with one_school(1):
        rows = send(priority, most)
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "rows": rows, "done_at": time.time()}))


def send(priority: str, most: int) -> int:
    """Recipients by the rule, a channel for each by theirs, and all rows."""
    at = timezone.now()
    content = written(at)
    pupils = Pupil.objects.filter(school=content.school).order_by("pk")
    if most:
        pupils = Pupil.objects.filter(pk__in=list(pupils.values_list("pk", flat=True)[:most]))
    found = {
        row["carer"]: row["children"]
        for row in recipients(pupils=pupils, level=Receives.GENERAL, at=at)
    }
    routes = routes_of(school_id=1, carers=list(found), kind=Kind.SERVICE)
    addressees = []
    for carer, children in found.items():
        addressees.append(
            Addressee(carer=carer, children=children, channel="portal", state=Parcel.State.SENT)
        )
        for channel in reach(routes[carer], Way(Kind.SERVICE)).channels:
            addressees.append(Addressee(carer=carer, children=children, channel=channel))
    return publish(content=content, addressees=addressees, priority=Priority[priority], at=at)


def written(at: object) -> Content:
    """A content in two languages that asks to be confirmed."""
    content = Content.objects.create(
        school=School.objects.get(pk=1), purpose=Content.Purpose.SERVICE, text=TEXT,
        subject="School closes at 13:00", level=Receives.GENERAL, asks=Content.Asks.CONFIRM,
        thread_page="/bench/news/1/", written_at=at,
    )  # fmt: skip
    ContentWords.objects.create(
        school=content.school, content=content, language="pl", text=POLISH,
        subject="Szkoła kończy się o 13:00",
    )  # fmt: skip
    return content


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
