"""Pictures and recordings are fetched by the worker, from the provider's own hosts alone."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.actions.looking_through import look_through_waiting
from schoolgate.conversations.models import Attachment, Message
from schoolgate.inbound.actions.fetching import WAITS, fetch_waiting
from schoolgate.inbound.fetching import WillNeverCome, fetch
from schoolgate.inbound.models import Fetching, TrayItem
from schoolgate.inbound.tests.ringing import HERE, NINA, PLACE, has_number, hooked
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_hooks import a_text
from schoolgate.rehearsal.fake_media import FakeMedia
from schoolgate.rehearsal.fake_texts import address
from schoolgate.school.tenancy import see


def a_picture() -> bytes:
    """A small red one."""
    into = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(into, "PNG")
    return into.getvalue()


@pytest.fixture
def store() -> Iterator[FakeMedia]:
    """The providers' store on this machine, with one picture."""
    with FakeMedia({"/a.png": a_picture()}) as store:
        urls = [address(kind, store.url) for kind in ("https", "twilio", "vonage")]
        with override_settings(SMS_URLS=urls, PUBLIC_ADDRESS=PLACE):
            yield store


@pytest.fixture
def nina(medway: Cast) -> Cast:
    """The cast, with Nina's number."""
    has_number(medway, "nina")
    return medway


def pictured(cast: Cast, store: FakeMedia, path: str = "/a.png", sender: str = NINA) -> None:
    """A text with a picture has come."""
    said = a_text("https", sender, "Look", media=(store.url + path,))
    assert hooked("https", said).status_code == 200
    see(school_id=cast.school.pk)


def fetched(cast: Cast, minutes: int = 0) -> int:
    """The worker has tried."""
    at = timezone.now() + timedelta(minutes=minutes)
    came = fetch_waiting(school=cast.school, at=at)
    see(school_id=cast.school.pk)
    look_through_waiting(school=cast.school, at=at)
    return came


@pytest.mark.parametrize("kind", ["https", "twilio", "vonage"])
def test_a_picture_is_awaited_in_its_message_and_comes(
    nina: Cast, store: FakeMedia, kind: str
) -> None:
    said = a_text(kind, NINA, "Look", media=(f"{store.url}/a.png",))
    assert hooked(kind, said).status_code == 200
    see(school_id=nina.school.pk)
    assert store.asked == []
    conversation = Message.objects.get(channel="text").conversation
    family = enters(nina, "nina")
    assert "We are fetching this" in family.get(conversation.page).text
    assert fetched(nina) == 1
    attachment = Attachment.objects.get()
    assert attachment.media_type == "image/png" and attachment.held_because == ""
    assert "Picture 1" in family.get(conversation.page).text
    assert family.get(f"/medway-green/files/{attachment.public_id}/").status_code == 200
    assert (
        enters(nina, "ewa").get(f"/medway-green/files/{attachment.public_id}/").status_code == 404
    )
    assert len(store.asked) == 1 and store.asked[0][1]


def test_a_try_that_failed_is_tried_again_and_at_last_given_up_in_words(
    nina: Cast, store: FakeMedia
) -> None:
    pictured(nina, store, "/later.png")
    assert fetched(nina) == 0
    assert fetched(nina) == 0 and len(store.asked) == 1, "not before its time"
    for number in range(len(WAITS)):
        assert Fetching.objects.get().state == "waiting"
        fetched(nina, minutes=2000 * (number + 1))
    one = Fetching.objects.get()
    assert (one.state, one.tries) == ("failed", len(WAITS) + 1) and "404" in one.because
    page = Message.objects.get(channel="text").conversation.page
    for key in ("nina", "priya"):
        assert "We could not get this" in enters(nina, key).get(page).text
    assert Entry.objects.filter(verb="could not fetch").count() == 1


def test_it_comes_after_all_when_it_is_there_later(nina: Cast, store: FakeMedia) -> None:
    pictured(nina, store, "/later.png")
    fetched(nina)
    store.things["/later.png"] = a_picture()
    assert fetched(nina, minutes=10) == 1
    assert Attachment.objects.get().held_because == ""


def test_a_picture_in_the_tray_goes_with_what_is_filed(nina: Cast, store: FakeMedia) -> None:
    pictured(nina, store, sender="+447700900999")
    assert fetched(nina) == 1 and not Attachment.objects.exists()
    item = TrayItem.objects.get()
    client = enters(nina, "joan")
    shown = client.get(f"/medway-green/tray/{item.public_id}/").text
    assert "Picture 1" in shown
    one = Fetching.objects.get()
    file = f"/medway-green/tray/files/{one.public_id}/"
    assert file in shown and client.get(file).status_code == 200
    for key in ("nina", "priya", "helen"):
        assert enters(nina, key).get(file).status_code == 404
    place = f"new {nina.carers['nina'].public_id} {nina.children['noah'].public_id}"
    done = client.post(
        f"/medway-green/tray/{item.public_id}/filing/", {"place": place, "asked": "Nina"}
    )
    assert done.status_code == 302
    look_through_waiting(school=nina.school, at=timezone.now())
    attachment = Attachment.objects.get()
    assert attachment.message.channel == "text" and attachment.held_because == ""


def test_keys_are_shown_to_the_provider_alone(nina: Cast, store: FakeMedia) -> None:
    store.elsewhere = {"/moved.png": f"{store.url}/a.png"}
    pictured(nina, store, "/moved.png")
    assert fetched(nina) == 1
    assert [(path, bool(keys)) for path, keys in store.asked] == [
        ("/moved.png", True),
        ("/a.png", False),
    ]


@HERE
@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("twilio", "https://evil.example.org/a"),
        ("twilio", "http://api.twilio.com/a"),
        ("twilio", "https://api.twilio.com.example.org/a"),
        ("twilio", "https://api.twilio.com@example.org/a"),
        ("twilio", "https://key@api.twilio.com/a"),
        ("twilio", "https://api.twilio.com:8443/a"),
        ("twilio", "https://eviltwilio.com/a"),
        ("vonage", "https://api.twilio.com/a"),
        ("https", "https://127.0.0.1/a"),
        ("https", "file:///etc/passwd"),
        ("https", "http://[::1/a"),
        ("notify", "https://api.notifications.service.gov.uk/a"),
    ],
)
def test_nobody_else_is_asked(kind: str, url: str) -> None:
    with pytest.raises(WillNeverCome):
        fetch(kind, url)


def test_nobody_else_is_asked_by_way_of_a_redirect(store: FakeMedia) -> None:
    store.elsewhere = {"/moved.png": "http://127.0.0.1:1/inside"}
    with pytest.raises(WillNeverCome):
        fetch("https", f"{store.url}/moved.png")


@override_settings(ATTACHMENT_LIMIT_MB=0.001)
def test_what_is_too_large_is_not_kept_and_the_message_says_so(
    nina: Cast, store: FakeMedia
) -> None:
    store.things["/a.png"] = b"x" * 50_000
    pictured(nina, store)
    assert fetched(nina) == 0
    assert Fetching.objects.get().state == "failed"
    assert "We could not get this" in Attachment.objects.get().held_because


def test_what_is_no_picture_is_held(nina: Cast, store: FakeMedia) -> None:
    store.things["/a.png"] = b"PK\x03\x04" + b"x" * 100
    pictured(nina, store)
    fetched(nina)
    assert "A person has to look" in Attachment.objects.get().held_because
