"""A mail host that does not know us yet is given a few emails; what somebody waits for goes."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.actions.warming_up import count, may_go
from schoolgate.delivery.models import Content, HostUse, Parcel, Priority
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.people.models import Receives
from schoolgate.rehearsal.cast import Cast


@pytest.fixture
def a_few(settings: Any, tmp_path: Any) -> None:
    """A host that is given two emails a day at first."""
    settings.DATA, settings.WARM_UP = tmp_path, ((1, 2), (3, 0))
    settings.EMAIL_URL = "smtp+tls://user:secret@mail.example.org"


def send_to_all(cast: Cast, priority: Priority) -> None:
    """Something to every carer of the cast."""
    at = timezone.now()
    content = Content.objects.create(
        school=cast.school, purpose="service", subject="s", text="t",
        level=Receives.GENERAL, written_at=at,
    )  # fmt: skip
    carers = [one.pk for one in cast.carers.values() if one.routes.filter(kind="email").exists()]
    to = [Addressee(carer=one, children=(), channel="email") for one in carers]
    publish(content=content, addressees=to, priority=priority, at=at)


def test_a_new_host_gets_its_few_and_the_rest_waits_unfailed(medway: Cast, a_few: None) -> None:
    send_to_all(medway, Priority.SERVICE)
    post = Post()
    sort_once(medway, post)
    sort_once(medway, post)
    assert len(post.letters) == 1  # a day's share is spread over its minutes
    waiting = Parcel.objects.filter(state="waiting", channel="email")
    assert len(post.letters) + waiting.count() == Parcel.objects.filter(channel="email").count()
    assert waiting.exists() and set(waiting.values_list("tries", flat=True)) == {0}


def test_what_presses_goes_whatever_the_plan(medway: Cast, a_few: None) -> None:
    count(sent=2, at=timezone.now())
    send_to_all(medway, Priority.URGENT)
    post = Post()
    sort_once(medway, post)
    assert not Parcel.objects.filter(state="waiting", channel="email").exists()


def test_from_the_third_day_on_there_is_no_limit(medway: Cast, a_few: None, now: datetime) -> None:
    count(sent=2, at=now)
    assert may_go(at=now) == 0
    assert may_go(at=now + timedelta(days=2, minutes=1)) is None


def test_what_signs_us_in_at_the_host_is_not_written_down(
    medway: Cast, a_few: None, now: datetime
) -> None:
    count(sent=1, at=now)
    assert HostUse.objects.get().host == "mail.example.org"
