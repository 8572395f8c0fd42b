"""STOP and START as whole texts end and begin optional news, and nothing else (PECR)."""

from collections.abc import Iterator

import pytest

from schoolgate.conversations.models import Conversation
from schoolgate.delivery.models import Parcel
from schoolgate.inbound.models import TrayItem
from schoolgate.inbound.telephone.keywords import Wish, wish_in
from schoolgate.inbound.tests.ringing import HERE, KINDS, NINA, has_number, hooked, texted
from schoolgate.people.models import ContactRoute, NewsConsent
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_hooks import a_text
from schoolgate.response_clock.models import Promise
from schoolgate.school.tenancy import see


@pytest.fixture(autouse=True)
def providers() -> Iterator[None]:
    """Every provider with its secrets."""
    with HERE:
        yield


@pytest.fixture
def nina(medway: Cast) -> Cast:
    """The cast, with Nina's number."""
    has_number(medway, "nina")
    return medway


def agreed(cast: Cast, key: str) -> bool:
    """Whether somebody has agreed to optional news."""
    see(school_id=cast.school.pk)
    return NewsConsent.objects.filter(carer=cast.carers[key], ended_at=None).exists()


STOPS = (
    "STOP",
    " stop. ",
    "Stop!",
    "STOPALL",
    "Stop all",
    "unsubscribe",
    "CANCEL",
    "End",
    "quit",
    "ARRET",
    "Arrêt",
    "Stopp",
    "stopio",
    "wypisz",
    "baja",
    "sair",
    "afmelden",
    "إيقاف",
    "روکیں",
    "退订",
    "dezabonare",
    "annulla",
)


@pytest.mark.parametrize("words", STOPS)
def test_a_whole_text_that_says_stop_means_stop(words: str) -> None:
    assert wish_in(words) == Wish.STOP


@pytest.mark.parametrize(
    "words",
    [
        "Please stop calling at work",
        "Stop it",
        "The bus didn't stop",
        "",
        "yes",
        "bus stop",
        "End of the day?",
        "STOP " * 30,
        "!!!",
        "❤",
    ],
)
def test_within_a_sentence_it_is_a_message(words: str) -> None:
    assert wish_in(words) is None


@pytest.mark.parametrize("kind", KINDS)
def test_start_and_stop_begin_and_end_optional_news_and_start_no_clock(
    nina: Cast, kind: str
) -> None:
    hooked(kind, a_text(kind, NINA, "START", key="1"))
    assert agreed(nina, "nina")
    hooked(kind, a_text(kind, NINA, "Stop.", key="2"))
    assert not agreed(nina, "nina")
    assert not Conversation.objects.exists() and not Promise.objects.exists()
    assert not TrayItem.objects.exists()
    consent = NewsConsent.objects.get()
    assert (consent.given_by, consent.ended_by) == ("START by text", "STOP by text")


def test_it_is_explained_by_email_and_no_text_leaves(nina: Cast) -> None:
    arrival = texted(nina, "STOP")
    assert arrival.became == "kept"
    assert not Parcel.objects.filter(channel="sms").exists()
    note = Parcel.objects.get(channel="email")
    assert note.carer == nina.carers["nina"]
    assert "still comes" in note.content.text and "“STOP”" in note.content.text


def test_the_number_stays_so_that_service_messages_go_on(nina: Cast) -> None:
    texted(nina, "STOP")
    route = ContactRoute.objects.get(carer=nina.carers["nina"], kind="mobile")
    assert route.ended_at is None and route.failing_since is None


def test_it_holds_for_everybody_who_uses_the_number(nina: Cast) -> None:
    has_number(nina, "ewa", "07700 900101")
    texted(nina, "START")
    assert agreed(nina, "nina") and agreed(nina, "ewa")
    texted(nina, "STOP", key="2")
    assert not agreed(nina, "nina") and not agreed(nina, "ewa")


def test_it_holds_at_every_school_that_knows_the_number(nina: Cast, trent: Cast) -> None:
    has_number(trent, "mia")
    texted(nina, "START")
    assert agreed(nina, "nina") and agreed(trent, "mia")


def test_stop_from_a_number_that_is_nobodys_is_looked_at(nina: Cast) -> None:
    texted(nina, "STOP", "+447700900999")
    assert TrayItem.objects.get().reason == "unknown number"


def test_stop_within_a_sentence_opens_a_conversation(nina: Cast) -> None:
    assert texted(nina, "Please stop sending him home in wet shoes").became == "conversation"
