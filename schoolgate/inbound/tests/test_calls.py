"""A call: what it says to a person and to a machine, "press 1", and what became of it."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import timedelta
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.models import Content, Parcel, Priority
from schoolgate.delivery.outcomes import Confirmed, on_confirmation
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.inbound.receipts.signatures import twilio_signature
from schoolgate.ledger.models import Entry
from schoolgate.people.models import ContactRoute, Link
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_texts import address
from schoolgate.school.tenancy import see

PLACE = "https://talk.example.org"
URL = address("twilio", "https://api.example.org")
HERE = override_settings(VOICE_URL=URL, PUBLIC_ADDRESS=PLACE)
WORDS = "School closes at noon because of <snow> & ice."


@pytest.fixture
def call(medway: Cast) -> Parcel:
    """A call to Ewa about Kuba that the provider has taken."""
    return a_call(medway)


def a_call(cast: Cast, **fields: object) -> Parcel:
    """A call that was made."""
    at, ewa = timezone.now() - timedelta(seconds=1), cast.carers["ewa"]
    ContactRoute.objects.create(
        school=cast.school, carer=ewa, kind="mobile", value="+44 7700 900123"
    )
    values: dict[str, object] = {
        "purpose": "service",
        "subject": "Closing",
        "text": WORDS,
        **fields,
    }
    content = Content.objects.create(school=cast.school, written_at=at, **values)
    child = cast.children["kuba"].pk
    publish(
        content=content,
        addressees=[Addressee(carer=ewa.pk, children=[child], channel="voice", next_try_at=at)],
        priority=Priority.URGENT,
        at=at,
    )
    sort_once(cast, Post("CA1"), "voice")
    return Parcel.objects.get(content=content)


def ask(call: Parcel, what: str, token: str = "token", **form: str) -> HttpResponse:
    """The provider asks our pages."""
    path = f"/medway-green/hooks/twilio/{what}/?parcel={call.public_id}"
    signature = twilio_signature(token, PLACE + path, list(form.items()))
    answer = Client().post(
        path,
        urlencode(form),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    )
    see(school_id=call.school_id)
    return answer


def said(answer: HttpResponse) -> str:
    """Everything that a call says, in order."""
    return " ".join(one.text or "" for one in ElementTree.fromstring(answer.content).iter("Say"))


@HERE
@pytest.mark.clause("2.1-M1")
def test_a_call_reads_the_message_aloud_twice_and_asks_for_1(call: Parcel) -> None:
    answer = ask(call, "script", AnsweredBy="human")
    assert said(answer).count(WORDS) == 2 and said(answer).count("press 1") == 2
    assert "Kuba" not in said(answer)
    gather = ElementTree.fromstring(answer.content).find("Gather")
    assert gather is not None
    assert gather.get("action") == (
        f"{PLACE}/medway-green/hooks/twilio/pressed/?parcel={call.public_id}"
    )


@HERE
@pytest.mark.clause("2.1-M1")
@pytest.mark.parametrize("by", ["machine_start", "machine_end_beep", "fax"])
def test_an_answering_machine_hears_only_that_they_shall_ring(call: Parcel, by: str) -> None:
    words = said(ask(call, "script", AnsweredBy=by))
    assert "Please ring the school" in words and "snow" not in words


@HERE
def test_of_what_is_sensitive_a_call_says_only_that_they_shall_ring(medway: Cast) -> None:
    words = said(ask(a_call(medway, sensitive=True), "script", AnsweredBy="human"))
    assert "Please ring the school" in words and "snow" not in words


@HERE
@pytest.mark.clause("2.2-T5")
def test_who_may_not_have_it_any_more_when_they_pick_up_hears_nothing(
    medway: Cast, call: Parcel
) -> None:
    Link.objects.filter(carer=medway.carers["ewa"]).update(receives=0)
    assert said(ask(call, "script", AnsweredBy="human")) == ""
    assert said(ask(call, "pressed", Digits="1")) == ""


@HERE
def test_pressing_1_confirms_once(call: Parcel, medway: Cast) -> None:
    heard: list[Confirmed] = []
    on_confirmation.wire(heard.append)
    try:
        assert "Thank you" in said(ask(call, "pressed", Digits="1"))
        ask(call, "pressed", Digits="1")
    finally:
        on_confirmation.listeners.remove(heard.append)
    call.refresh_from_db()
    assert call.arrived_at is not None
    assert [(one.carer, one.way) for one in heard] == [(medway.carers["ewa"], "voice")]
    assert Entry.objects.filter(verb="heard and confirmed").count() == 1


@HERE
def test_another_key_confirms_nothing(call: Parcel) -> None:
    assert "Please ring the school" in said(ask(call, "pressed", Digits="9"))
    call.refresh_from_db()
    assert call.arrived_at is None


@HERE
@pytest.mark.parametrize(
    ("form", "state"),
    [
        ({"CallStatus": "no-answer"}, "failed"),
        ({"CallStatus": "busy"}, "failed"),
        ({"CallStatus": "completed", "AnsweredBy": "machine_end_beep"}, "failed"),
        ({"CallStatus": "completed", "AnsweredBy": "human"}, "sent"),
        ({"CallStatus": "ringing"}, "sent"),
    ],
)
def test_what_became_of_a_call_is_written_down(
    call: Parcel, form: dict[str, str], state: str
) -> None:
    assert ask(call, "calls", **form).status_code == 204
    call.refresh_from_db()
    assert call.state == state and call.arrived_at is None
    route = ContactRoute.objects.get(carer=call.carer, kind="mobile")
    assert route.failing_since is None  # nobody picked up; the number is not dead


@HERE
@pytest.mark.parametrize("what", ["script", "pressed", "calls"])
def test_without_a_signature_there_is_no_page(call: Parcel, what: str) -> None:
    answer = ask(call, what, token="forged", Digits="1", CallStatus="busy")
    assert answer.status_code == 404
    call.refresh_from_db()
    assert call.arrived_at is None and call.state == "sent"
