"""Makes two hundred desks inside Django, as the plain role; then writes to them as families do.

Prints one JSON line with every desk's cookie, waits for a line, and then prints one for each
message at the moment when it is committed.
"""

import json
import sys
import time
import uuid

import django

django.setup()

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from schoolgate.accounts.second_factor import PASSED
from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, Group, Link, Pupil, RoleHolding, TeamMember
from schoolgate.rehearsal.loading import load
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

SLUG = "medway-green"
OFFICE = 10  # of the desks, so many see every child: each message turns theirs


def main(desks: int, seconds: float, every: float) -> None:
    """So many desks; for so many seconds one message each so many seconds."""
    load(timezone.now())
    school = School.objects.get(slug=SLUG)
    with one_school(school.pk):
        users = [_tutor(school, number) for number in range(desks)]
    print(json.dumps([_cookie(user) for user in users]), flush=True)
    sys.stdin.readline()
    until, number = time.time() + seconds, 0
    while time.time() < until:
        desk = OFFICE + number % (desks - OFFICE)
        print(json.dumps([desk, _write(school, desk), time.time()]), flush=True)
        number += 1
        time.sleep(every)


def _tutor(school: School, number: int) -> int:
    """A tutor with a class, a child and an adult; the first few are of the office."""
    user = get_user_model().objects.create(email=f"desk{number}@example.org", name=f"Desk {number}")
    member = TeamMember.objects.create(school=school, user_id=user.pk, name=f"Desk {number}")
    if number < OFFICE:
        RoleHolding.objects.create(
            school=school, member=member, role="office", since=timezone.now()
        )
    group = Group.objects.create(school=school, name=f"Class {number}", kind="tutor", tutor=member)
    child = Pupil.objects.create(
        school=school, first_name=f"Child{number}", last_name="Bench", tutor_group=group
    )
    carer = Carer.objects.create(school=school, name=f"Carer {number}")
    Link.objects.create(school=school, pupil=child, carer=carer, relationship="parent", receives=2)
    return int(user.pk)


def _cookie(user: int) -> str:
    client = Client()
    client.force_login(
        get_user_model().objects.get(pk=user),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    session = client.session
    session[PASSED] = True
    session.save()
    return str(session.session_key)


def _write(school: School, desk: int) -> str:
    """A family's message to one tutor; its subject, by which its desk is known to show it."""
    subject = f"bench {uuid.uuid4().hex[:12]}"
    with one_school(school.pk):
        carer = Carer.objects.get(school=school, name=f"Carer {desk}")
        start(
            actor=Actor("carer", carer.pk, carer.name),
            carer=carer,
            pupil=Pupil.objects.get(school=school, first_name=f"Child{desk}"),
            subject=subject,
            words=Words(body="How was the day?", at=timezone.now(), receipt=False),
        )
    return subject


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
