"""What a text says, and that it leaves by the sorter like any other parcel."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.actions.recovering import recover_claims
from schoolgate.delivery.channels.sms.channel import SmsChannel
from schoolgate.delivery.errors import AnswerLost
from schoolgate.delivery.models import Content, Parcel, Priority
from schoolgate.delivery.providers import read_provider
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.delivery.wording.parts import Parts
from schoolgate.delivery.wording.text import LIMIT, words_of_a_text
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_texts import TAKES, address, fake_texts, sent
from schoolgate.school.tenancy import see

MOBILE = "+44 7700 900123"


def a_text(cast: Cast, *, at: datetime | None = None, **fields: object) -> Parcel:
    """A text that waits for Ewa, about Kuba."""
    at = at or timezone.now() - timedelta(seconds=1)
    ewa = cast.carers["ewa"]
    ContactRoute.objects.get_or_create(
        school=cast.school, carer=ewa, kind="mobile", value=MOBILE, ended_at=None
    )
    values: dict[str, object] = {
        "purpose": Content.Purpose.SERVICE,
        "subject": "Closed today",
        "text": "School is closed today. It’s the snow.",
        "thread_page": "/medway-green/announcements/1/",
        "written_at": at,
        **fields,
    }
    content = Content.objects.create(school=cast.school, **values)
    publish(
        content=content,
        addressees=[
            Addressee(
                carer=ewa.pk, children=[cast.children["kuba"].pk], channel="sms", next_try_at=at
            )
        ],
        priority=Priority.SERVICE,
        at=at,
    )
    return Parcel.objects.get(content=content, channel="sms")


def words(**fields: object) -> str:
    """The words of a text made of these parts."""
    values: dict[str, object] = {
        "school": "Medway Green School",
        "phone": "01634 968420",
        "subject": "Closed today",
        "text": "School is closed today.",
        "page": "https://talk.example.org/medway-green/",
        "hidden": False,
        **fields,
    }
    return words_of_a_text(Parts(**values))  # type: ignore[arg-type]  # by name, as above


@pytest.mark.clause("2.1-M3b")
def test_a_text_names_the_school_and_how_to_answer_and_no_child(medway: Cast) -> None:
    a_text(medway)
    post = Post("id-1")
    sort_once(medway, post, "sms")
    (letter,) = post.letters
    said = letter.filled(letter.words.text)
    assert said.startswith("Medway Green School: School is closed today. It's the snow.")
    assert "/medway-green/announcements/1/" in said and "01634 968420" in said
    assert "Kuba" not in said and letter.to == MOBILE


@pytest.mark.clause("2.1-M3b")
@pytest.mark.parametrize("fields", [{"sensitive": True}, {"purpose": Content.Purpose.REPLY}])
def test_of_what_is_sensitive_or_personal_a_text_says_only_that_it_is_there(
    medway: Cast, fields: dict[str, object]
) -> None:
    a_text(medway, text="Kuba was hurt at lunch.", **fields)
    post = Post("id-1")
    sort_once(medway, post, "sms")
    said = post.letters[0].filled(post.letters[0].words.text)
    assert said.startswith("You have a message from Medway Green School.")
    assert "hurt" not in said and "Kuba" not in said


def test_a_text_that_asks_has_the_link_that_needs_no_signing_in(medway: Cast) -> None:
    a_text(medway, asks=Content.Asks.CONFIRM)
    post = Post("id-1")
    sort_once(medway, post, "sms")
    assert "Please confirm: http" in post.letters[0].filled(post.letters[0].words.text)


def test_a_long_text_is_cut_between_words_and_leads_on() -> None:
    said = words(text="word " * 200)
    assert "word...\nMore: https://talk.example.org" in said and len(said) < LIMIT + 200


def test_a_text_says_whether_anybody_reads_what_is_texted_back() -> None:
    assert "Texts to this number are not read" in words()
    assert "You can answer this text" in words(can_reply=True)


def test_a_text_of_english_stays_within_the_cheap_alphabet() -> None:
    assert words(text="It’s “late” – really…").isascii()


def test_the_providers_number_for_a_text_is_kept(medway: Cast) -> None:
    parcel = a_text(medway)
    sort_once(medway, Post("id-1"), "sms")
    parcel.refresh_from_db()
    assert (parcel.state, parcel.reference, parcel.sent_to) == ("sent", "id-1", MOBILE)


def test_a_text_whose_answer_was_lost_is_not_sent_again(medway: Cast) -> None:
    parcel = a_text(medway)
    post = Post(AnswerLost("gone"))
    post.repeats_in_doubt = False
    sort_once(medway, post, "sms")
    parcel.refresh_from_db()
    assert parcel.state == "failed" and "may have arrived" in parcel.because
    assert sort_once(medway, post, "sms") == 0 and len(post.letters) == 1


def test_a_text_in_the_hands_of_a_worker_that_died_is_not_sent_again(
    medway: Cast, now: datetime
) -> None:
    parcel = a_text(medway)
    Parcel.objects.filter(pk=parcel.pk).update(
        state="claimed", claimed_at=now - timedelta(minutes=10), claimed_by=None
    )
    assert recover_claims(school_id=medway.school.pk, at=now) == 1
    see(school_id=medway.school.pk)
    parcel.refresh_from_db()
    assert parcel.state == "failed" and "may have arrived" in parcel.because


def test_a_text_leaves_by_a_provider_under_its_parcels_number(medway: Cast) -> None:
    parcel = a_text(medway)
    with fake_texts(TAKES["notify"]) as fake:
        channel = SmsChannel([read_provider(address("notify", fake.url))], drama=True)
        sort_once(medway, channel, "sms")
    to, said, key = sent("notify", fake.asked[0])
    assert (to, key) == ("+447700900123", str(parcel.public_id)) and "closed" in said


@pytest.mark.clause("2.1-M3")
def test_a_text_comes_from_the_schools_central_number_whoever_wrote_it(medway: Cast) -> None:
    a_text(medway, written_by="Priya Shah")
    with fake_texts(TAKES["twilio"]) as fake:
        channel = SmsChannel([read_provider(address("twilio", fake.url))], drama=True)
        sort_once(medway, channel, "sms")
    form = fake.asked[0].form
    assert form["From"] == "+447700900000" and "Priya" not in form["Body"]
