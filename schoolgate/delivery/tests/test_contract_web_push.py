"""Notices on browsers keep the contract of channels; a service on this machine reads them."""

# Real clock: servers, certificates and clients on sockets ask the machine's own.

import hashlib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    derive_private_key,
)

from schoolgate.delivery import browsers
from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.web_push.channel import PushChannel
from schoolgate.delivery.channels.web_push.encryption import encrypt, packed, unpacked
from schoolgate.delivery.channels.web_push.line import NobodyThere
from schoolgate.delivery.channels.web_push.services import SERVICES, origin_of
from schoolgate.delivery.channels.web_push.vapid import Vapid, secret_from
from schoolgate.delivery.tests.contract import Arrived, Contract, Other, Stage
from schoolgate.rehearsal.fake_mail_host import certificate, free_port, server_side
from schoolgate.rehearsal.fake_provider import FakeProvider, Says
from schoolgate.rehearsal.fake_push import FakeBrowser
from schoolgate.rehearsal.fake_texts import Blabber

VAPID = Vapid(secret_from("rehearsal"))


def address(*found: FakeBrowser) -> str:
    """The browsers of one person."""
    return browsers.written(asdict(one.subscribed) for one in found)


class TestWebPush(Contract):
    """Notices on browsers."""

    folder = "web_push"
    hostile_addresses = (
        "",
        "[]",
        "{}",
        "[1]",
        '[{"id": 1}]',
        '[{"id": 1, "endpoint": "https://localhost/a b\\r\\n", "key": "x", "secret": "y"}]',
        '[{"id": 1, "endpoint": "http://169.254.169.254/", "key": "", "secret": ""}]',
        "nina@example.org",
        "\0",
    )

    @pytest.fixture(autouse=True)
    def make_certificate(self, tmp_path: Path) -> None:
        """A certificate for the service on this machine."""
        self.file = certificate(tmp_path, "localhost", datetime.now(UTC))
        self.service = "https://localhost:1/"
        self.people: dict[int, FakeBrowser] = {}

    @contextmanager
    def stage(self, other: Other) -> Iterator[Stage]:
        """A push service on this machine."""
        if other in {Other.SHUT, Other.NO_TLS}:
            with Blabber(b"HTTP/1.1 201 Created\r\n\r\n") as blabber:
                port = blabber.port if other == Other.NO_TLS else free_port()
                self.service = f"https://localhost:{port}/"
                yield Stage(self.channel(), list)
            return
        says = {
            Other.TAKES: Says(201),
            Other.LATER: Says(429),
            Other.NEVER: Says(410),
            Other.LOSES: Says(drop=True),
            Other.GARBAGE: Says(599, ["what"]),
            Other.SLOW: Says(201, wait=0.6),
        }[other]
        with FakeProvider([says], tls=server_side(self.file)) as fake:
            self.service = fake.url
            yield Stage(
                self.channel(), lambda: [self.read(one.path, one.body) for one in fake.asked]
            )

    def read(self, path: str, body: bytes) -> Arrived:
        """What a browser was told, read with its own keys."""
        number = int(path.rpartition("/")[2])
        notice = self.people[number].reads(body)
        return Arrived((path,), self.keys[notice["tag"]])

    @property
    def keys(self) -> dict[str, str]:
        """The keys of the letters by what a notice calls them."""
        return {
            packed(hashlib.sha256(key.encode()).digest()[:18]): key
            for key in (f"00000000-0000-4000-8000-00000000000{n}" for n in range(10))
        }

    def channel(self) -> PushChannel:
        """A channel that knows the service on this machine alone."""
        host = self.service.removeprefix("https://").rstrip("/")
        return PushChannel(
            VAPID,
            services=(host,),
            context=ssl.create_default_context(cafile=str(self.file)),
            only_public=False,
            timeout=0.3,
        )

    def browser(self, number: int) -> FakeBrowser:
        """Somebody's browser."""
        return self.people.setdefault(number, FakeBrowser(number, self.service))

    def letter(self, number: int) -> Letter:
        """A notice for somebody with one browser."""
        return Letter(
            key=f"00000000-0000-4000-8000-00000000000{number}",
            to=address(self.browser(number)),
            words=Words(
                subject="Medway Green",
                text="You have a message from Medway Green.",
                contact="mailto:office@medway.example.org",
                page="https://talk.example.org/medway-green/",
            ),
        )

    def address(self, letter: Letter) -> str:
        """Where its browser is kept."""
        return f"/push/{browsers.read(letter.to)[0].id}"

    def test_every_browser_of_a_person_is_told_and_those_gone_are_named(self) -> None:
        with FakeProvider([Says(201), Says(410), Says(201)], tls=server_side(self.file)) as fake:
            self.service = fake.url
            letter = replace(
                self.letter(1), to=address(*(self.browser(number) for number in (1, 2, 3)))
            )
            said = self.channel().open().send(letter)
        assert (said, browsers.gone_of(said)) == ("taken 1 3; gone 2", [2])

    def test_the_service_learns_who_we_are_and_nothing_of_the_words(self) -> None:
        with FakeProvider([Says(201)], tls=server_side(self.file)) as fake:
            self.service = fake.url
            self.handed(Stage(self.channel(), list), self.letter(1), self.letter(2))
        one, two = fake.asked
        scheme, _space, rest = one.headers["Authorization"].partition(" ")
        token = rest.split(",")[0].removeprefix("t=")
        key = EllipticCurvePublicKey.from_encoded_point(
            SECP256R1(), unpacked(rest.partition("k=")[2])
        )
        claims = jwt.decode(token, key, algorithms=["ES256"], audience=fake.url.rstrip("/"))
        assert scheme == "vapid" and claims["sub"] == "mailto:office@medway.example.org"
        assert b"Medway" not in one.body and len(one.body) == len(two.body)
        assert self.people[1].reads(one.body)["body"] == "You have a message from Medway Green."

    @pytest.mark.parametrize("status", [401, 403])
    def test_a_browser_whose_key_changed_is_dropped_and_asked_again(self, status: int) -> None:
        answers = [Says(201), Says(status), Says(status)]
        with FakeProvider(answers, tls=server_side(self.file)) as fake:
            self.service = fake.url
            letter = replace(self.letter(1), to=address(*map(self.browser, (1, 2))))
            said = self.channel().open().send(letter)
        assert browsers.gone_of(said) == [2]
        assert len(fake.asked) == 3  # once more with a fresh token, before it counts

    def test_a_token_that_was_only_too_old_drops_nobody(self) -> None:
        with FakeProvider([Says(401), Says(201)], tls=server_side(self.file)) as fake:
            self.service = fake.url
            said = self.channel().open().send(self.letter(1))
        assert (said, browsers.gone_of(said)) == ("taken 1; gone none", [])

    @pytest.mark.parametrize("sign", ["a", "ż", "আ", "👩", '"', "\x01", "\n"])
    def test_a_notice_of_any_length_that_is_allowed_is_as_long_as_every_other(
        self, sign: str
    ) -> None:
        with FakeProvider([Says(201)], tls=server_side(self.file)) as fake:
            self.service = fake.url
            long = replace(
                self.letter(1),
                words=Words(subject=sign * 200, text=sign * 900, page="https://x/" + "y" * 400),
            )
            self.handed(Stage(self.channel(), list), long, self.letter(2))
        one, two = fake.asked
        assert len(one.body) == len(two.body) < 4096


def test_the_example_of_rfc_8291_holds() -> None:
    own = derive_private_key(
        int.from_bytes(unpacked("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), SECP256R1()
    )
    body = encrypt(
        b"When I grow up, I want to be a watermelon",
        key="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        secret="BTBZMqHH6r4Tts7J_aSIgg",
        own=own,
        salt=unpacked("DGv6ra1nlYgDCS1FRnbzlw"),
        padded=0,
    )
    assert packed(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
        "lcy4a-fN"
    )


@pytest.mark.parametrize(
    ("endpoint", "origin"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", "https://fcm.googleapis.com"),
        ("https://web.push.apple.com/x", "https://web.push.apple.com"),
        ("https://wns2-par02p.notify.windows.com/w/?t=x", "https://wns2-par02p.notify.windows.com"),
        ("http://fcm.googleapis.com/x", None),
        ("https://fcm.googleapis.com.example.org/x", None),
        ("https://evilpush.apple.com.example.org/x", None),
        ("https://notify.windows.com@example.org/x", None),
        ("https://fcm.googleapis.com:8443/x", None),
        ("https://127.0.0.1/x", None),
        ("https://[::1]/x", None),
        ("https://fcm.googleapis.com/\u00e9", None),
        ("https://fcm.googleapis.com/" + "x" * 600, None),
        ("https://[bad/x", None),
        ("", None),
    ],
)
def test_notices_go_to_known_services_over_https_alone(endpoint: str, origin: str | None) -> None:
    assert origin_of(endpoint, SERVICES) == origin


def test_a_known_name_that_leads_into_our_own_network_is_not_asked(tmp_path: Path) -> None:
    contract = TestWebPush()
    contract.file = certificate(tmp_path, "localhost", datetime.now(UTC))
    contract.people = {}
    with FakeProvider([Says(201)], tls=server_side(contract.file)) as fake:
        contract.service = fake.url
        channel = replace(contract.channel(), only_public=True)
        told = contract.handed(Stage(channel, list), contract.letter(1))
    assert fake.asked == [] and len(told.refusals) == 1


def test_a_person_whose_browsers_are_all_gone_is_not_reached(tmp_path: Path) -> None:
    line = PushChannel(VAPID, services=()).open()
    with pytest.raises(NobodyThere, match="gone 7"):
        line.send(Letter(key="k", to=address(FakeBrowser(7, "https://example.org")), words=Words()))
