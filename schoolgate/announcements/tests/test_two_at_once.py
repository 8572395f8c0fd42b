"""Two jobs at once, each in a session of its own: what is published is published once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection, transaction

from schoolgate.announcements.actions.publishing import publish
from schoolgate.announcements.actions.sending import UNDO
from schoolgate.announcements.tests.announcing import sends, to_group, writes
from schoolgate.delivery.models import Content, Parcel
from schoolgate.rehearsal.cast import assemble
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_the_same_moment_publish_once(now: datetime) -> None:
    with transaction.atomic():
        cast = assemble("medway-green", now)
        made = sends(cast, "priya", writes(cast, "priya", now, to_group(cast, "Oak")), now)

    def job(_: int) -> int:
        try:
            with one_school(cast.school.pk):
                school = School.objects.get(pk=cast.school.pk)
                return publish(school=school, number=made.pk, at=now + UNDO)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as jobs:
        new = sorted(jobs.map(job, range(4)))
    assert new == [0, 0, 0, 10]
    with one_school(cast.school.pk):
        assert Content.objects.filter(purpose="service").count() == 1
        assert Parcel.objects.filter(channel="portal").count() == 5
