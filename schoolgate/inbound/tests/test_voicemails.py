"""Voicemails: from the call's time on the clock, heard in the thread, their words marked."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import io
import wave
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.actions.looking_through import look_through_waiting
from schoolgate.conversations.models import Attachment, Conversation, Message, Suggestion
from schoolgate.inbound.actions.fetching import fetch_waiting
from schoolgate.inbound.models import Arrival, Fetching, TrayItem
from schoolgate.inbound.tests.ringing import NINA, PLACE, has_number, hooked
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_hooks import a_voicemail
from schoolgate.rehearsal.fake_media import FakeMedia
from schoolgate.rehearsal.fake_texts import address
from schoolgate.response_clock.models import Promise
from schoolgate.school.tenancy import see

KINDS = ("twilio", "https")


def a_recording() -> bytes:
    """A second of silence."""
    into = io.BytesIO()
    with wave.open(into, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000)
    return into.getvalue()


@pytest.fixture(autouse=True)
def store() -> Iterator[FakeMedia]:
    """The providers' store on this machine, with one recording."""
    with FakeMedia({"/r": a_recording(), "/r.mp3": a_recording()}) as store:
        urls = [address(kind, store.url) for kind in ("https", "twilio")]
        with override_settings(SMS_URLS=urls, VOICE_URL=urls[1], PUBLIC_ADDRESS=PLACE):
            yield store


@pytest.fixture
def nina(medway: Cast) -> Cast:
    """The cast, with Nina's number."""
    has_number(medway, "nina")
    return medway


def left(
    cast: Cast, store: FakeMedia, kind: str = "https", sender: str = NINA, **more: str
) -> Arrival:
    """Somebody has spoken after the tone, and the worker has fetched it."""
    said = a_voicemail(kind, sender, f"{store.url}/r", **more)
    assert hooked(kind, said, hook="voicemails").status_code == 200
    see(school_id=cast.school.pk)
    now = timezone.now()
    fetch_waiting(school=cast.school, at=now)
    see(school_id=cast.school.pk)
    look_through_waiting(school=cast.school, at=now)
    return Arrival.objects.get(key__endswith="voicemail:RE1" if kind == "twilio" else "mail:1")


@pytest.mark.parametrize("kind", KINDS)
def test_a_voicemail_opens_a_conversation_and_is_heard_by_both_sides(
    nina: Cast, store: FakeMedia, kind: str
) -> None:
    arrival = left(nina, store, kind)
    assert arrival.became == "conversation" and arrival.conversation
    message = Message.objects.get(channel="voicemail")
    assert (message.spoken, message.conversation.pupil) == ("untyped", nina.children["noah"])
    file = f"/medway-green/files/{Attachment.objects.get().public_id}/"
    for key in ("nina", "priya"):
        client = enters(nina, key)
        shown = client.get(arrival.conversation.page).text
        assert f'<audio controls preload="none" src="{file}"' in shown
        assert "Nobody has written down yet" in shown and "42 seconds" in shown
        heard = client.get(file, headers={"Range": "bytes=0-1"})
        assert (heard.status_code, heard.content) == (206, b"RI")
        assert heard["Content-Range"] == f"bytes 0-1/{len(a_recording())}"
        assert client.get(file).content == a_recording()
        assert client.get(file, headers={"Range": "bytes=999999999-"}).status_code == 416
    for key in ("ewa", "lena", "grace"):
        assert enters(nina, key).get(file).status_code == 404


def test_the_clock_runs_from_the_call(nina: Cast, store: FakeMedia) -> None:
    rang = timezone.now() - timedelta(hours=3)
    arrival = left(nina, store, at=rang.isoformat())
    assert arrival.received_at == rang
    assert arrival.conversation
    promise = Promise.objects.get(subject=arrival.conversation.public_id)
    assert promise.started_at == rang


@pytest.mark.parametrize("said", ["2031-01-01T00:00:00+00:00", "2001-01-01T00:00:00Z", "x", "2026"])
def test_a_time_that_makes_no_sense_is_not_believed(
    nina: Cast, store: FakeMedia, said: str
) -> None:
    assert timezone.now() - left(nina, store, at=said).received_at < timedelta(minutes=1)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_machine_made_of_it_says_so(nina: Cast, store: FakeMedia, kind: str) -> None:
    arrival = left(nina, store, kind, words="Noah is eel today")
    assert arrival.conversation
    assert Message.objects.get(channel="voicemail").body == "Noah is eel today"
    assert "Made by a machine" in enters(nina, "priya").get(arrival.conversation.page).text


def test_what_a_machine_made_of_it_may_come_later_and_twice(nina: Cast, store: FakeMedia) -> None:
    left(nina, store, "twilio")
    for _time in range(2):
        left(nina, store, "twilio", words="Noah is eel today")
    message = Message.objects.get(direction="family")
    assert (message.body, message.spoken) == ("Noah is eel today", "machine")
    assert Attachment.objects.count() == 1 and Arrival.objects.count() == 2


def test_a_person_types_it_and_the_machine_no_longer_overwrites_it(
    nina: Cast, store: FakeMedia
) -> None:
    arrival = left(nina, store, "twilio", words="Noah is eel today")
    message = Message.objects.get(direction="family")
    page = f"/medway-green/messages/{message.public_id}/words/"
    for key in ("nina", "ewa", "lena"):
        assert enters(nina, key).post(page, {"words": "x"}).status_code == 404
    client = enters(nina, "priya")
    assert client.post(page, {"words": "Noah is ill today"}).status_code == 302
    message.refresh_from_db()
    assert (message.body, message.folded) == ("Noah is ill today", "Noah is eel today")
    assert arrival.conversation
    assert "Typed by Priya Nair" in enters(nina, "nina").get(arrival.conversation.page).text


def test_words_that_come_later_are_looked_at_as_all_words_of_families_are(
    nina: Cast, store: FakeMedia
) -> None:
    left(nina, store, "twilio")
    assert not Suggestion.objects.exists()
    left(nina, store, "twilio", words="His dad hits him and he is scared to go home")
    before = Suggestion.objects.count()
    assert before
    message = Message.objects.get(direction="family")
    page = f"/medway-green/messages/{message.public_id}/words/"
    done = enters(nina, "priya").post(page, {"words": "His dad hits him. He is scared to go home."})
    assert done.status_code == 302 and Suggestion.objects.count() >= before


@pytest.mark.parametrize("kind", KINDS)
def test_a_forged_voicemail_is_not_there(nina: Cast, store: FakeMedia, kind: str) -> None:
    said = a_voicemail(kind, NINA, f"{store.url}/r")
    assert hooked(kind, said, hook="voicemails", forged=True).status_code == 404
    see(school_id=nina.school.pk)
    assert not Arrival.objects.exists() and not Fetching.objects.exists()


def test_an_unknown_caller_lies_in_the_tray_where_it_can_be_heard(
    nina: Cast, store: FakeMedia
) -> None:
    item = TrayItem.objects.get(arrival=left(nina, store, sender="anonymous"))
    assert item.reason == "no number"
    client = enters(nina, "joan")
    shown = client.get(f"/medway-green/tray/{item.public_id}/").text
    file = f"/medway-green/tray/files/{Fetching.objects.get().public_id}/"
    assert f'<audio controls preload="none" src="{file}"' in shown and "A voicemail" in shown
    assert client.get(file).content == a_recording()
    place = f"new {nina.carers['nina'].public_id} {nina.children['noah'].public_id}"
    data = {"place": place, "asked": "Nina"}
    assert client.post(f"/medway-green/tray/{item.public_id}/filing/", data).status_code == 302
    message = Message.objects.get(direction="family")
    assert (message.channel, message.spoken) == ("voicemail", "untyped")
    assert message.attachments.count() == 1


def test_the_office_adds_a_voicemail_from_a_file(nina: Cast) -> None:
    rang = timezone.localtime(timezone.now() - timedelta(hours=2)).replace(second=0, microsecond=0)
    client = enters(nina, "joan")
    assert client.get("/medway-green/voicemails/").status_code == 200
    data = {
        "carer": str(nina.carers["nina"].public_id),
        "pupil": str(nina.children["noah"].public_id),
        "at": rang.strftime("%Y-%m-%dT%H:%M"),
        "words": "He has lost his shoe.",
        "recording": io.BytesIO(a_recording()),
    }
    data["recording"].name = "call.wav"  # type: ignore[union-attr]  # the file
    done = client.post("/medway-green/voicemails/", data)
    assert done.status_code == 302
    message = Message.objects.get(channel="voicemail")
    assert (message.spoken, message.typed_by, message.at) == ("person", nina.team["joan"], rang)
    assert message.attachments.get().held_because == ""
    promise = Promise.objects.get(subject=message.conversation.public_id)
    assert promise.started_at == rang
    assert "Typed by Joan Pike" in enters(nina, "nina").get(message.conversation.page).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "2031-01-01T10:00"},
        {"pupil": "kuba"},
        {"carer": ""},
        {"words": "", "recording": ""},
    ],
)
def test_what_can_not_be_is_refused_in_words(nina: Cast, wrong: dict[str, str]) -> None:
    data = {
        "carer": str(nina.carers["nina"].public_id),
        "pupil": str(nina.children["noah"].public_id),
        "at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "words": "He has lost his shoe.",
        **{
            name: str(nina.children[value].public_id) if value == "kuba" else value
            for name, value in wrong.items()
        },
    }
    assert enters(nina, "joan").post("/medway-green/voicemails/", data).status_code == 422
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("key", ["nina", "priya", "helen", "grace"])
def test_for_everybody_else_that_page_is_not_there(nina: Cast, key: str) -> None:
    assert enters(nina, key).get("/medway-green/voicemails/").status_code == 404
