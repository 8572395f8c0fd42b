"""Notices on a carer's devices, and what a browser may keep of the portal."""

import json
from dataclasses import asdict
from datetime import datetime

import pytest
from django.test import Client

from house_rules.entering import enter
from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.actions.subscribing import end_gone
from schoolgate.delivery.browsers import read
from schoolgate.delivery.models import Content, Parcel, Priority, PushSubscription
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.people.models import NewsConsent, Preference
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.rehearsal.fake_push import FakeBrowser
from schoolgate.school.tenancy import see

SERVICE = "https://fcm.googleapis.com/"


@pytest.fixture
def both(db: None, now: datetime) -> tuple[Cast, Cast]:
    """Medway Green in sight, and Trent Acres."""
    other, here = assemble("trent-acres", now), assemble("medway-green", now)
    return here, other


@pytest.fixture
def ewa(both: tuple[Cast, Cast]) -> Client:
    """Ewa's browser."""
    return enter("ewa", *both)[0]


def asks(client: Client, browser: FakeBrowser, **other: str) -> None:
    """A browser asks to be told."""
    said = asdict(browser.subscribed)
    said.pop("id")
    client.post("/medway-green/notices/beginning/", {**said, **other}, follow=True)


def told(cast: Cast) -> list[PushSubscription]:
    """The browsers that are told, oldest first."""
    see(school_id=cast.school.pk)
    return list(PushSubscription.objects.filter(ended_at=None).order_by("pk"))


def test_a_carer_asks_for_notices_and_ends_them_on_a_page(
    both: tuple[Cast, Cast], ewa: Client
) -> None:
    asks(ewa, FakeBrowser(1, SERVICE))
    asks(ewa, FakeBrowser(2, SERVICE))
    assert [one.carer for one in told(both[0])] == [both[0].carers["ewa"]] * 2
    page = ewa.get("/medway-green/notices/").content.decode()
    assert page.count("A device that you added") == 2 and "<noscript>" in page
    ewa.post("/medway-green/notices/end/")
    assert told(both[0]) == []


@pytest.mark.parametrize(
    "other",
    [
        {"endpoint": "https://example.org/push"},
        {"endpoint": "http://169.254.169.254/latest"},
        {"key": "AAAA"},
        {"secret": "AAAA"},
        {"key": ""},
    ],
)
def test_a_browser_with_another_service_or_without_keys_is_refused(
    both: tuple[Cast, Cast], ewa: Client, other: dict[str, str]
) -> None:
    asks(ewa, FakeBrowser(1, SERVICE), **other)
    assert told(both[0]) == []


def test_a_shared_browser_is_told_for_its_last_person_alone(
    both: tuple[Cast, Cast], ewa: Client
) -> None:
    browser = FakeBrowser(1, SERVICE)
    asks(ewa, browser)
    asks(enter("nina", *both)[0], browser)
    assert [one.carer for one in told(both[0])] == [both[0].carers["nina"]]


def a_notice(cast: Cast, **fields: object) -> Post:
    """A notice to Ewa, as a scripted channel was given it."""
    see(school_id=cast.school.pk)
    at = datetime.fromisoformat("2026-01-01T10:00:00+00:00")
    values: dict[str, object] = {
        "purpose": "news",
        "subject": "Fair",
        "text": "Kuba wins",
        **fields,
    }
    content = Content.objects.create(school=cast.school, written_at=at, **values)
    ewa, kuba = cast.carers["ewa"].pk, cast.children["kuba"].pk
    NewsConsent.objects.create(school=cast.school, carer_id=ewa, given_at=at, given_by="a form")
    publish(
        content=content,
        addressees=[Addressee(carer=ewa, children=[kuba], channel="push", next_try_at=at)],
        priority=Priority.SERVICE,
        at=at,
    )
    post = Post("taken 1; gone none")
    sort_once(cast, post, "push")
    return post


def test_a_notice_says_no_more_than_that_there_is_a_message(
    both: tuple[Cast, Cast], ewa: Client
) -> None:
    for number in (1, 2):
        asks(ewa, FakeBrowser(number, SERVICE))
    (letter,) = a_notice(both[0]).letters
    said = letter.filled(letter.words.text)
    assert said == "You have a message from Medway Green School."
    assert "Kuba" not in letter.words.subject + said and len(read(letter.to)) == 2
    parcel = Parcel.objects.get(channel="push")
    assert parcel.state == "sent" and SERVICE not in parcel.sent_to


@pytest.mark.parametrize(
    ("fields", "phrase"),
    [
        ({"purpose": "news"}, " News, nothing to do."),
        ({"purpose": "service", "asks": "confirm"}, " A question."),
        ({"purpose": "reply"}, " An answer for you."),
        ({"purpose": "service", "is_safety": True}, " Please read today."),
        ({"purpose": "service"}, ""),
    ],
)
def test_who_chose_it_is_told_which_of_four_things_it_is(
    both: tuple[Cast, Cast],
    ewa: Client,
    now: datetime,
    fields: dict[str, object],
    phrase: str,
) -> None:
    asks(ewa, FakeBrowser(1, SERVICE))
    see(school_id=both[0].school.pk)
    Preference.objects.create(
        school=both[0].school, carer=both[0].carers["ewa"], fixed_phrases=True, said_at=now
    )
    (letter,) = a_notice(both[0], **fields).letters
    assert (
        letter.filled(letter.words.text) == f"You have a message from Medway Green School.{phrase}"
    )


def test_a_browser_that_is_gone_is_not_told_again(
    both: tuple[Cast, Cast], ewa: Client, now: datetime
) -> None:
    asks(ewa, FakeBrowser(1, SERVICE))
    asks(ewa, FakeBrowser(2, SERVICE))
    one, other = told(both[0])
    end_gone(said=[f"taken {one.pk}; gone {other.pk}", "500 gone 7"], at=now)
    assert told(both[0]) == [one]


def test_a_device_keeps_pages_for_one_sign_in_alone(both: tuple[Cast, Cast], ewa: Client) -> None:
    kept = ewa.get("/medway-green/")["X-Kept-For"]
    assert len(kept) == 32
    assert enter("nina", *both)[0].get("/medway-green/")["X-Kept-For"] != kept


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("priya", "/medway-green/to-answer/"),
        ("ewa", "/medway-green/worried/"),
        ("ewa", "/medway-green/write/"),
        ("ewa", "/leave/"),
        ("nobody", "/medway-green/offline/"),
    ],
)
def test_nothing_else_is_ever_kept(both: tuple[Cast, Cast], person: str, path: str) -> None:
    assert "X-Kept-For" not in enter(person, *both)[0].get(path)


def test_the_portal_can_be_put_on_a_home_screen(both: tuple[Cast, Cast]) -> None:
    said = Client().get("/medway-green/app.webmanifest")
    assert said["Content-Type"] == "application/manifest+json"
    assert json.loads(said.content)["start_url"] == "/medway-green/"
    worker = Client().get("/medway-green/worker.js")
    assert worker["Service-Worker-Allowed"] == "/" and worker["Content-Type"] == "text/javascript"
    assert '"leave": "/leave/"' in worker.content.decode()
