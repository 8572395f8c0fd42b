"""Several at once, and one that is killed: what is told is told once, what is raised is one."""

import os
import signal
import subprocess
import sys
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from schoolgate.conversations.tests.acting import who
from schoolgate.delivery.tests.posting import Post
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.safeguarding.actions.raising import raise_concern
from schoolgate.safeguarding.actions.ringing import ring
from schoolgate.safeguarding.models import Alert, Concern
from schoolgate.safeguarding.tests.acting import WORDS, as_person, raises
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

KILLED = """
import sys, django
django.setup()
from datetime import datetime
from schoolgate.safeguarding.actions.ringing import ring
from schoolgate.school.models import School
ring(school=School.objects.get(slug="medway-green"), at=datetime.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def there(transactional_db: None, now: datetime) -> Cast:
    """Medway Green with one concern of Ewa's, committed, so that others see it."""
    with transaction.atomic():
        cast = assemble("medway-green", now)
        raises(cast, "ewa", now)
    return cast


def heard(posts: list[Post]) -> Counter[str]:
    """How often each person was written to."""
    return Counter(letter.to.partition("@")[0] for post in posts for letter in post.letters)


def test_four_jobs_at_the_same_moment_tell_each_person_once(there: Cast, now: datetime) -> None:
    posts = [Post() for _ in range(4)]

    def job(post: Post) -> None:
        try:
            ring(school=School.objects.get(pk=there.school.pk), at=now, channel=post)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as jobs:
        list(jobs.map(job, posts))
    assert heard(posts) == {"helen": 1, "sam": 1, "ruth": 1}


def test_four_jobs_at_the_same_moment_climb_one_step(there: Cast, now: datetime) -> None:
    late = now + timedelta(minutes=31)
    posts = [Post() for _ in range(4)]

    def job(post: Post) -> None:
        try:
            ring(school=School.objects.get(pk=there.school.pk), at=late, channel=post)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as jobs:
        list(jobs.map(job, posts))
    assert heard(posts) == {"helen": 2, "sam": 2, "ruth": 2, "grace": 1}  # two steps, and a third


def test_the_same_form_from_two_presses_at_once_is_one_concern(there: Cast, now: datetime) -> None:
    once = uuid.uuid4()

    def press(_: int) -> int:
        try:
            with transaction.atomic():
                as_person(there, "nina")
                person = who(there, "nina", now)
                return raise_concern(who=person, words=WORDS, at=now, once=once).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as presses:
        assert len(set(presses.map(press, range(4)))) == 1
    with one_school(there.school.pk, there.user_id("helen")):
        assert Concern.objects.count() == 2


def test_a_job_that_is_killed_with_its_claim_is_made_good_once(
    there: Cast, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "after claim").touch()
    dead = subprocess.run(
        [sys.executable, "-c", KILLED, now.isoformat()],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "config.settings", "SCHOOLGATE_END_ORDERS": str(tmp_path)},
        check=False,
    )
    assert dead.returncode == -signal.SIGKILL
    post = Post()
    for minutes in (1, 3, 6, 9):
        ring(school=there.school, at=now + timedelta(minutes=minutes), channel=post)
    assert heard([post]) == {"helen": 1, "sam": 1, "ruth": 1}
    with one_school(there.school.pk, there.user_id("ruth")):
        assert set(Alert.objects.values_list("state", "in_doubt")) == {("sent", True)}
