"""One verb of the post room inside Django, as the plain role, for the benches; prints JSON."""

import json
import sys
import time

import django

TEXT = """School closes at 13:00 on Wednesday 2 December. The heating is being mended in the afternoon.

Lunch is as usual. Taxis will come at 13:00: we have asked the council, and they have said yes.

If 13:00 is hard for your family, tell us. We can look after your child in the library until 15:15.
"""
POLISH = """W środę 2 grudnia szkoła kończy się o 13:00. Po południu naprawiane jest ogrzewanie.

Obiad jest jak zwykle. Taksówki przyjadą o 13:00: zapytaliśmy o to władze i się zgodziły.

Jeśli godzina 13:00 jest trudna, powiedzcie nam. Dziecko może zostać w bibliotece do 15:15.
"""


def main(priority: str, most: int) -> None:
    """Publish to the first so many children's carers; the time includes every rule."""
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

    connection.ensure_connection()
    began = time.perf_counter()
    at = timezone.now()
    with one_school(1):
        school = School.objects.get(pk=1)
        content = Content.objects.create(
            school=school, purpose=Content.Purpose.SERVICE, subject="School closes at 13:00",
            text=TEXT, level=Receives.GENERAL, asks="confirm", thread_page="/bench/news/1/",
            written_at=at,
        )  # fmt: skip
        ContentWords.objects.create(
            school=school, content=content, language="pl",
            subject="Szkoła kończy się o 13:00", text=POLISH,
        )  # fmt: skip
        pupils = Pupil.objects.filter(school=school).order_by("pk")
        if most:
            pupils = Pupil.objects.filter(pk__in=list(pupils.values_list("pk", flat=True)[:most]))
        found = {
            row["carer"]: row["children"]
            for row in recipients(pupils=pupils, level=Receives.GENERAL, at=at)
        }
        routes = routes_of(school_id=1, carers=list(found), kind=Kind.SERVICE)
        way = Way(Kind.SERVICE)
        addressees = []
        for carer, children in found.items():
            addressees.append(
                Addressee(
                    carer=carer, children=children, channel="portal", state=Parcel.State.SENT
                )
            )
            for channel in reach(routes[carer], way).channels:
                addressees.append(Addressee(carer=carer, children=children, channel=channel))
        rows = publish(
            content=content, addressees=addressees, priority=Priority[priority], at=at
        )
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "rows": rows, "done_at": time.time()}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
