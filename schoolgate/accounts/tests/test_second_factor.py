"""The team's second factor on real pages, devices, and how long each stays signed in."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from schoolgate.accounts.models import User
from schoolgate.accounts.tests.test_signing_in import CONFIRM, ask, codes
from schoolgate.delivery.models import Content
from schoolgate.people.models import Carer
from schoolgate.rehearsal.cast import Cast, address
from schoolgate.school.tenancy import see

WORK = "/medway-green/to-answer/"


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> None:
    cache.clear()


def signed_in(cast: Cast, key: str) -> Client:
    client = Client()
    ask(client, address(key, cast.school))
    client.post(CONFIRM, {"code": codes(cast)[-1]})
    return client


def digits(secret: str) -> str:
    """What a code device shows at this moment."""
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def set_up(client: Client) -> str:
    """Set up a code device on its page, and give its key."""
    page = client.get("/account/2fa/totp/activate/").content.decode()
    (secret,) = re.findall(r"<code>([A-Z2-7]+)</code>", page)
    answer = client.post("/account/2fa/totp/activate/", {"code": digits(secret)})
    assert answer.status_code == 302
    return secret


@pytest.mark.clause("2.2-T4b")
def test_a_team_member_works_only_with_a_second_factor(
    medway: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    first = signed_in(medway, "priya")
    assert first.get(WORK).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(first)
    assert first.get(WORK).status_code == 200
    see(school_id=medway.school.pk)
    assert Content.objects.filter(subject="A key was added").count() == 1

    cache.clear()
    second = signed_in(medway, "priya")
    assert second.get(WORK)["Location"].startswith("/account/login/")
    wrong = second.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200 and second.get(WORK).status_code == 302
    later = time.time() + 120
    monkeypatch.setattr(time, "time", lambda: later)
    answer = second.post("/account/2fa/authenticate/", {"code": digits(secret)})
    assert answer.status_code == 302
    assert second.get(WORK).status_code == 200


def test_a_carer_with_a_passkey_may_still_use_a_code(medway: Cast) -> None:
    set_up(signed_in(medway, "ewa"))
    cache.clear()
    again = signed_in(medway, "ewa")
    assert again.get("/medway-green/").status_code == 200


def test_signed_in_devices_are_listed_and_can_be_ended_by_their_person(medway: Cast) -> None:
    here, there = signed_in(medway, "ewa"), signed_in(medway, "ewa")
    page = here.get("/account/sessions/").content.decode()
    assert "This device" in page and "Sign out there" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    signed_in(medway, "nina").post(f"/account/devices/{other.pk}/end/")
    assert there.get("/medway-green/").status_code == 200
    here.post(f"/account/devices/{other.pk}/end/")
    assert there.get("/medway-green/").status_code == 302
    assert here.get("/medway-green/").status_code == 200


def test_a_carers_30_days_begin_anew_with_each_day_that_they_visit(medway: Cast) -> None:
    client = signed_in(medway, "ewa")
    see(school_id=medway.school.pk)
    long_ago = timezone.now() - timedelta(days=20)
    Carer.objects.filter(pk=medway.carers["ewa"].pk).update(last_signed_in_at=long_ago)
    session = client.session
    session["seen_on"] = "2026-01-01"
    session.save()
    answer = client.get("/medway-green/")
    assert "sessionid" in answer.cookies
    see(school_id=medway.school.pk)
    seen = Carer.objects.get(pk=medway.carers["ewa"].pk).last_signed_in_at
    assert seen and seen > long_ago
    assert "sessionid" not in client.get("/medway-green/").cookies


def test_no_user_has_a_password(medway: Cast) -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())
