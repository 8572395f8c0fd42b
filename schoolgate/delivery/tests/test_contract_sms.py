"""Texts keep the contract of channels, with each provider that we know."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.sms.channel import SmsChannel
from schoolgate.delivery.providers import read_provider
from schoolgate.delivery.tests.contract import Arrived, Contract, Other, Stage
from schoolgate.rehearsal.fake_mail_host import free_port
from schoolgate.rehearsal.fake_provider import Says
from schoolgate.rehearsal.fake_texts import (
    LATER,
    NEVER,
    TAKES,
    Blabber,
    address,
    fake_texts,
    sent,
)

HOOKS = "https://talk.example.org/medway-green/hooks/"


class TextContract(Contract):
    """Texts by one provider."""

    folder = "sms"
    kind = ""
    hostile_addresses = (
        "",
        "Nina",
        "nina@example.org",
        "+44 7700 900123, +44 7700 900456",
        "+44 7700 900123\r\nTo: +44 7700 900456",
        "+999",
        "+4477009001234567890",
        "\0",
    )

    @contextmanager
    def stage(self, other: Other) -> Iterator[Stage]:
        """A provider on this machine."""
        if other in {Other.SHUT, Other.NO_TLS, Other.GARBAGE}:
            with Blabber(b"\x16\x03nonsense\r\n\r\n") as blabber:
                api = {
                    Other.SHUT: f"http://127.0.0.1:{free_port()}",
                    Other.NO_TLS: f"https://127.0.0.1:{blabber.port}",
                    Other.GARBAGE: blabber.url,
                }[other]
                yield Stage(self.channel(address(self.kind, api)), list)
            return
        says = {
            Other.TAKES: TAKES[self.kind],
            Other.LATER: LATER[self.kind],
            Other.NEVER: NEVER[self.kind],
            Other.LOSES: Says(drop=True),
            Other.SLOW: Says(wait=0.6),
        }[other]
        with fake_texts(says) as fake:
            yield Stage(
                self.channel(address(self.kind, fake.url)),
                lambda: [
                    Arrived((to,), key)
                    for to, _words, key in (sent(self.kind, one) for one in fake.asked)
                ],
            )

    def channel(self, url: str) -> SmsChannel:
        """The channel with a short patience."""
        return SmsChannel([read_provider(url)], drama=True, timeout=0.3)

    def letter(self, number: int) -> Letter:
        """A text to a number that nobody has."""
        return Letter(
            key=f"00000000-0000-4000-8000-00000000000{number}",
            to=f"+44 7700 90012{number}",
            words=Words(text="School is closed today. It’s the snow.", hooks=HOOKS),
        )

    def address(self, letter: Letter) -> str:
        """In the international form, without gaps."""
        return letter.to.replace(" ", "")


class TestNotify(TextContract):
    """GOV.UK Notify."""

    kind = "notify"


class TestTwilio(TextContract):
    """Twilio."""

    kind = "twilio"


class TestVonage(TextContract):
    """Vonage."""

    kind = "vonage"


class TestOwnGateway(TextContract):
    """Any gateway that takes our JSON."""

    kind = "https"


KINDS = ("notify", "twilio", "vonage", "https")


@contextmanager
def two(first: Says, second: Says) -> Iterator[tuple[SmsChannel, list[int]]]:
    """Two providers of different kinds, and how often each was asked."""
    with ExitStack() as stack:
        one, other = (stack.enter_context(fake_texts(says)) for says in (first, second))
        urls = [address("notify", one.url), address("twilio", other.url)]
        counts: list[int] = []
        yield SmsChannel([read_provider(url) for url in urls], drama=True, timeout=0.3), counts
        counts += [len(one.asked), len(other.asked)]


@pytest.mark.parametrize(
    ("first", "asked", "fails"),
    [
        (TAKES["notify"], [1, 0], 0),
        (LATER["notify"], [1, 1], 0),
        (Says(403, {"errors": [{"error": "AuthError"}]}), [1, 1], 0),
        (Says(500, {}), [1, 1], 0),
        (NEVER["notify"], [1, 0], 1),
        (Says(drop=True), [1, 0], 1),
        (Says(502, {}), [1, 0], 1),
        (Says(201, {}), [1, 0], 1),
    ],
)
def test_only_a_provider_that_surely_has_not_taken_it_passes_a_text_on(
    first: Says, asked: list[int], fails: int
) -> None:
    contract = TestNotify()
    with two(first, TAKES["twilio"]) as (channel, counts):
        told = contract.handed(Stage(channel, list), contract.letter(1))
    assert counts == asked and len(told.refusals) == fails


def test_a_provider_that_is_down_is_passed_over_for_a_while() -> None:
    contract = TestNotify()
    with fake_texts(TAKES["twilio"]) as up:
        shut = address("notify", f"http://127.0.0.1:{free_port()}")
        urls = [shut, address("twilio", up.url)]
        channel = SmsChannel([read_provider(url) for url in urls], drama=True)
        line = channel.open()
        letters = [contract.letter(number) for number in range(3)]
        told = contract.handed(Stage(channel, list), *letters)
        line.close()
    assert told.refusals == [] and len(up.asked) == 3


def test_a_real_provider_is_never_given_a_number_that_nobody_has() -> None:
    contract = TestNotify()
    with fake_texts(TAKES["notify"]) as fake:
        channel = SmsChannel([read_provider(address("notify", fake.url))])
        told = contract.handed(Stage(channel, list), contract.letter(1))
    assert len(told.refusals) == 1 and fake.asked == []


def test_a_provider_is_asked_over_https_only() -> None:
    contract = TestNotify()
    channel = SmsChannel([read_provider(address("notify", "http://192.0.2.1"))], drama=True)
    told = contract.handed(Stage(channel, list), contract.letter(1))
    assert [one.host_is_down for one in told.refusals] == [True]
