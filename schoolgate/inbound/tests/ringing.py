"""Texts and voicemails in tests, as providers hand them over, and what became of them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client, override_settings

from schoolgate.delivery.providers import read_provider
from schoolgate.inbound.models import Arrival
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_hooks import a_text, signed_by
from schoolgate.rehearsal.fake_texts import address
from schoolgate.school.tenancy import see

KINDS = ("notify", "twilio", "vonage", "https")
URLS = [address(kind, "https://api.example.org") for kind in KINDS]
FORGED = {
    "notify": address("notify", "https://api.example.org", hook="forged"),
    "twilio": URLS[1].replace("token", "forged"),
    "vonage": address("vonage", "https://api.example.org", signature="forged" * 8),
    "https": address("https", "https://api.example.org", hook="forged"),
}
PLACE = "https://talk.example.org"
HERE = override_settings(SMS_URLS=URLS, VOICE_URL=URLS[1], PUBLIC_ADDRESS=PLACE)
NINA = "+447700900101"


def has_number(cast: Cast, key: str, number: str = NINA, kind: str = "mobile") -> None:
    """Give somebody of the cast a telephone number."""
    see(school_id=cast.school.pk)
    ContactRoute.objects.create(
        school=cast.school, carer=cast.carers[key], kind=kind, value=number, preference=2
    )


def hooked(
    kind: str,
    said: Mapping[str, Any],
    *,
    hook: str = "texts",
    school: str = "medway-green",
    forged: bool = False,
) -> HttpResponse:
    """A provider hands something over."""
    path = f"/{school}/hooks/{kind}/{hook}/"
    url = FORGED[kind] if forged else next(url for url in URLS if url.startswith(kind))
    sent = signed_by(read_provider(url), PLACE + path, said)
    return Client().post(path, sent.body, content_type=sent.content_type, headers=sent.headers)


def texted(cast: Cast, words: str, sender: str = NINA, *, key: str = "1") -> Arrival:
    """A text that was taken."""
    answer = hooked("https", a_text("https", sender, words, key=key))
    assert answer.status_code == 200
    see(school_id=cast.school.pk)
    return Arrival.objects.get(key=f"https:{key}")
