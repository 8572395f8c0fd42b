"""Calls keep the contract of channels; the caller's number is always the school's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.voice.channel import VoiceChannel
from schoolgate.delivery.channels.voice.line import WrongCaller
from schoolgate.delivery.providers import read_provider
from schoolgate.delivery.tests.contract import Arrived, Contract, Other, Stage
from schoolgate.delivery.tests.test_contract_sms import HOOKS, TextContract
from schoolgate.rehearsal.fake_mail_host import free_port
from schoolgate.rehearsal.fake_provider import Says
from schoolgate.rehearsal.fake_texts import LATER, NEVER, Blabber, address, fake_texts, sent

SCHOOL = "01632 960123"
RINGS = Says(201, {"sid": "CA1", "status": "queued"})


def channel(api: str) -> VoiceChannel:
    """Calls by a provider on this machine that knows the school's number."""
    provider = read_provider(address("twilio", api, **{"from": "+441632960123"}))
    return VoiceChannel(provider, drama=True, timeout=0.3)


class TestVoice(Contract):
    """Calls."""

    folder = "voice"
    hostile_addresses = TextContract.hostile_addresses

    @contextmanager
    def stage(self, other: Other) -> Iterator[Stage]:
        """A provider on this machine."""
        if other in {Other.SHUT, Other.NO_TLS, Other.GARBAGE}:
            with Blabber(b"HTTP/1.1 2zz what\r\n\r\n") as blabber:
                api = {
                    Other.SHUT: f"http://127.0.0.1:{free_port()}",
                    Other.NO_TLS: f"https://127.0.0.1:{blabber.port}",
                    Other.GARBAGE: blabber.url,
                }[other]
                yield Stage(channel(api), list)
            return
        says = {
            Other.TAKES: RINGS,
            Other.LATER: LATER["twilio"],
            Other.NEVER: NEVER["twilio"],
            Other.LOSES: Says(drop=True),
            Other.SLOW: Says(wait=0.6),
        }[other]
        with fake_texts(says) as fake:
            yield Stage(
                channel(fake.url),
                lambda: [
                    Arrived((to,), key)
                    for to, _url, key in (sent("twilio", one) for one in fake.asked)
                ],
            )

    def letter(self, number: int) -> Letter:
        """A call to a number that nobody has."""
        return Letter(
            key=f"00000000-0000-4000-8000-00000000000{number}",
            to=f"+44 7700 90012{number}",
            words=Words(sender=SCHOOL, text="School is closed today.", hooks=HOOKS),
        )

    def address(self, letter: Letter) -> str:
        """In the international form, without gaps."""
        return letter.to.replace(" ", "")


@pytest.mark.parametrize("caller", ["", "07700 900999", "+44 1632 960124", "not a number"])
def test_a_call_with_another_number_than_the_schools_is_not_made(caller: str) -> None:
    contract = TestVoice()
    letter = contract.letter(1)
    with fake_texts(RINGS) as fake:
        told = contract.handed(
            Stage(channel(fake.url), list), replace(letter, words=Words(sender=caller, hooks=HOOKS))
        )
    assert isinstance(told.refusals[0], WrongCaller) and fake.asked == []


def test_the_school_number_is_shown_and_our_pages_are_asked_what_to_say() -> None:
    contract = TestVoice()
    with fake_texts(RINGS) as fake:
        contract.handed(Stage(channel(fake.url), list), contract.letter(1))
    form = fake.asked[0].form
    assert form["From"] == "+441632960123"
    assert form["Url"] == f"{HOOKS}twilio/script/?parcel={contract.letter(1).key}"
    assert "closed" not in str(form)  # the words stay with us until somebody picks up
