"""The server that takes our mail is spoken to for real, with TLS and without."""

# Real clock: servers, certificates and clients on sockets ask the machine's own.

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schoolgate.delivery.channels.email.arrival.findings import Finding, State
from schoolgate.delivery.channels.email.arrival.sending_host import Host, judge_connection
from schoolgate.rehearsal.fake_mail_host import MailHost, certificate, free_port, server_side


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for localhost that this machine trusts."""
    file = certificate(tmp_path, "localhost", datetime.now(UTC))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return server_side(file)


def found_of(
    host: MailHost, scheme: str = "smtp+tls", name: str = "localhost"
) -> dict[str, Finding]:
    """What is found, by what was looked at."""
    server = Host.from_url(f"{scheme}://{name}:{host.port}")
    assert server
    return {one.about: one for one in judge_connection(server)}


def test_a_good_host_is_fine(tls: ssl.SSLContext) -> None:
    with MailHost(tls) as host:
        assert [one.state for one in found_of(host).values()] == ["fine", "fine"]


def test_a_host_without_tls_is_named(tls: ssl.SSLContext) -> None:
    with MailHost() as host:
        assert "offers no TLS" in found_of(host)["TLS"].says


def test_a_certificate_for_another_name_is_named(tls: ssl.SSLContext) -> None:
    with MailHost(tls) as host:
        found = found_of(host, name="127.0.0.1")["TLS"]
    assert (found.state, "127.0.0.1" in found.says) == (State.WRONG, True)


def test_a_certificate_of_nobody_known_is_named(tls: ssl.SSLContext, tmp_path: Path) -> None:
    other = server_side(certificate(tmp_path, "other", datetime.now(UTC)))
    with MailHost(other) as host:
        assert "not valid" in found_of(host)["TLS"].says


def test_a_host_with_little_to_offer_is_worth_a_look(tls: ssl.SSLContext) -> None:
    with MailHost(tls, offers=()) as host:
        assert "no PIPELINING" in found_of(host)["What the mail host offers"].says
    with MailHost(tls, size=1_000_000) as host:
        assert "1000000 bytes" in found_of(host)["What the mail host offers"].says


def test_a_host_that_does_not_answer_could_not_be_checked() -> None:
    nobody = Host("127.0.0.1", free_port(), "smtp+tls")
    assert [one.state for one in judge_connection(nobody)] == [State.UNKNOWN]


def test_an_address_of_another_kind_names_no_host() -> None:
    assert Host.from_url("outbox:") is None
    assert Host.from_url("anymail+postmark:") is None
    assert Host.from_url("smtps://mail.example.org") == Host("mail.example.org", 465, "smtps")
