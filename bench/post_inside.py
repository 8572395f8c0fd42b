"""One verb of the post room inside Django, as the plain role, for the benches; prints JSON."""

import json
import sys
import time

import django

django.setup()

from django.db import connection
from django.utils import timezone

from schoolgate.announcements.actions.publishing import publish_now
from schoolgate.announcements.models import Announcement, AudiencePart, ListedPupil, PupilList
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.school.tenancy import one_school

TEXT = """School closes at 13:00 on Wednesday 2 December. The heating is mended in the afternoon.

If 13:00 is hard for your family, tell us.
"""
POLISH = """W środę 2 grudnia szkoła kończy się o 13:00. Po południu naprawiane jest ogrzewanie.

Jeśli godzina 13:00 jest trudna, powiedzcie nam.
"""


def main(kind: str, most: int) -> None:
    """Publish to the carers of the first so many children, or of all.

    The time is that of publishing, every rule applied: from the press to the committed rows.
    """
    with one_school(1):
        number = written(kind, most)
    began = time.perf_counter()
    with one_school(1):
        held = Announcement.objects.select_related("school").get(pk=number)
        rows = publish_now(held, actor=SYSTEM, at=timezone.now())
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "rows": rows, "done_at": time.time()}))


def written(kind: str, most: int) -> int:
    """An announcement in two languages that asks to be confirmed, about to be published."""
    member = TeamMember.objects.get()
    held = Announcement.objects.create(
        school_id=1, state="sending", author=member, sender=member, publish_at=timezone.now(),
        purpose="news" if kind == "NEWS" else "service", is_urgent=kind == "URGENT",
        subject="School closes at 13:00", text=TEXT, asks="confirm", changed_at=timezone.now(),
    )  # fmt: skip
    held.other_words.create(
        school_id=1, language="pl", text=POLISH, subject="Szkoła kończy się o 13:00"
    )
    part = AudiencePart(school_id=1, announcement=held, kind=AudiencePart.Kind.SCHOOL)
    if most:
        part.kind, part.pupil_list = AudiencePart.Kind.LIST, listed(member, most)
    part.save()
    return held.pk


def listed(member: TeamMember, most: int) -> PupilList:
    """A list of the first so many children."""
    made = PupilList.objects.create(
        school_id=1, name=f"The first {most}, {time.time()}", made_by=member, made_at=timezone.now()
    )
    pupils = Pupil.objects.order_by("pk").values_list("pk", flat=True)[:most]
    ListedPupil.objects.bulk_create(
        ListedPupil(school_id=1, pupil_list=made, pupil_id=one) for one in pupils
    )
    return made


if __name__ == "__main__":
    connection.ensure_connection()
    main(sys.argv[1], int(sys.argv[2]))
