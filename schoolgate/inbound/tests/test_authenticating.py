"""Who really sent it: by name servers of our own, with real signatures and real records."""

import base64
from collections.abc import Iterator
from dataclasses import replace

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from schoolgate.delivery.channels.email.arrival.names import Names
from schoolgate.inbound.authenticating import Checked, Checker, Peer
from schoolgate.inbound.mail.authentication import Authentication, Result, belongs, verdict
from schoolgate.rehearsal.fake_dns import FakeDns, silent_address, txt

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.NoEncryption(),
)
PUBLIC = KEY.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)
OWN, OTHER = Peer("203.0.113.5", "mx.family.example"), Peer("198.51.100.9", "mx.crook.example")
RELAY = Peer("127.0.0.1", "relay")
MAIL = b"From: Nina <nina@family.example>\r\nSubject: Today\r\n\r\nHow was today?\r\n"


def records(dmarc: str = "v=DMARC1; p=reject") -> dict[tuple[str, str], list[str]]:
    """Two domains: one of a family's provider, and one of somebody else."""
    key = txt(f"v=DKIM1; k=rsa; p={base64.b64encode(PUBLIC).decode()}")
    found = {
        ("family.example", "TXT"): [txt("v=spf1 ip4:203.0.113.5 -all")],
        ("crook.example", "TXT"): [txt("v=spf1 ip4:198.51.100.9 -all")],
        ("s._domainkey.family.example", "TXT"): [key],
        ("s._domainkey.crook.example", "TXT"): [key],
    }
    return found | ({("_dmarc.family.example", "TXT"): [txt(dmarc)]} if dmarc else {})


@pytest.fixture
def dns() -> Iterator[FakeDns]:
    """Name servers that know both."""
    with FakeDns(records()) as server:
        yield server


def signed(mail: bytes = MAIL, domain: bytes = b"family.example", **more: object) -> bytes:
    """A mail with the signature of a domain."""
    return bytes(dkim.sign(mail, b"s", domain, PRIVATE, **more)) + mail


def checked(
    dns: FakeDns, raw: bytes, peer: Peer | None = None, sender: str = "nina@family.example"
) -> Checked:
    """What is found out of one mail from family.example."""
    return Checker(Names(dns.address)).check(
        raw, from_domain="family.example", envelope_from=sender, peer=peer
    )


def test_its_own_server_confirms_a_sender(dns: FakeDns) -> None:
    found = checked(dns, MAIL, OWN)
    assert (found.authentication, found.words) == (
        Authentication.PASSED,
        {"spf": "pass", "dmarc": "pass"},
    )


def test_a_signature_confirms_a_sender_however_the_mail_came(dns: FakeDns) -> None:
    for peer in (None, RELAY, OTHER):
        assert checked(dns, signed(), peer).authentication == Authentication.PASSED


def test_another_server_without_a_signature_is_refused(dns: FakeDns) -> None:
    found = checked(dns, MAIL, OTHER)
    assert (found.authentication, found.words) == (
        Authentication.FAILED,
        {"spf": "fail", "dmarc": "fail"},
    )


def test_a_crooks_own_good_records_prove_nothing_of_from(dns: FakeDns) -> None:
    forged = signed(domain=b"crook.example")
    found = checked(dns, forged, OTHER, sender="me@crook.example")
    assert found.authentication == Authentication.FAILED
    assert (found.words["spf"], found.words["dkim"]) == ("pass", "pass")


def test_changed_words_break_the_signature(dns: FakeDns) -> None:
    changed = signed().replace(b"How was today?", b"Let my brother collect him.")
    assert checked(dns, changed, OTHER).authentication == Authentication.FAILED


def test_words_added_below_a_signature_with_a_length_are_not_signed(dns: FakeDns) -> None:
    longer = signed(length=True) + b"Let my brother collect him.\r\n"
    assert checked(dns, longer, OTHER).authentication == Authentication.FAILED


def test_without_its_senders_server_a_mail_is_not_held_against_anybody(dns: FakeDns) -> None:
    """A mailbox or a relay of our own hides who handed it over."""
    broken = signed().replace(b"How was today?", b"How was it?")
    assert checked(dns, MAIL, RELAY).authentication == Authentication.UNKNOWN
    assert checked(dns, MAIL, None).authentication == Authentication.UNKNOWN
    assert checked(dns, broken, None).authentication == Authentication.FAILED


def test_unsigned_mail_of_a_domain_with_dmarc_is_not_confirmed_by_a_relay(dns: FakeDns) -> None:
    for raw in (MAIL, signed(domain=b"crook.example")):
        for peer in (RELAY, None):
            found = checked(dns, raw, peer, sender="me@crook.example")
            assert found.authentication == Authentication.UNKNOWN
            assert found.words["dmarc"] == "not proven"


def test_a_signature_of_a_kind_that_we_can_not_judge_is_no_failure() -> None:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    told = records()
    told["e._domainkey.family.example", "TXT"] = [
        txt(f"v=DKIM1; k=ed25519; p={base64.b64encode(public).decode()}")
    ]
    newer = (
        b"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=family.example; s=e;\r\n"
        b" h=from:subject; bh=rwmwVtfoWwIdH8V5Uhh6oqvlJSjmIOqUhyJVNgkXdnE=; b=AAAA\r\n"
    )
    with FakeDns(told) as dns:
        alone = checked(dns, newer + MAIL, OTHER)
        beside = checked(dns, newer + signed(), OTHER)
    assert (alone.authentication, alone.words["dkim"]) == (Authentication.UNKNOWN, "neutral")
    assert beside.authentication == Authentication.PASSED


def test_a_relay_that_the_school_names_is_not_asked_about() -> None:
    assert OWN.speaks_for_itself()
    assert not OWN.speaks_for_itself(["203.0.113.0/24"])
    assert not Peer("::ffff:10.0.0.1").speaks_for_itself()
    assert not Peer("nonsense").speaks_for_itself()


def test_strict_domains_are_taken_at_their_word() -> None:
    mail = signed(domain=b"family.example")
    with FakeDns(records("v=DMARC1; p=reject; adkim=s; aspf=s")) as dns:
        assert checked(dns, mail, OTHER).authentication == Authentication.PASSED
    assert belongs("mail.family.example", "family.example")
    assert not belongs("mail.family.example", "family.example", strictly=True)
    assert not belongs("one.co.uk", "other.co.uk")
    assert not belongs("", "")


def test_without_dmarc_spf_and_signature_are_asked() -> None:
    with FakeDns(records(dmarc="")) as dns:
        assert checked(dns, MAIL, OWN).authentication == Authentication.PASSED
        assert checked(dns, MAIL, OTHER).authentication == Authentication.FAILED


@pytest.mark.clause("2.2-T5")
def test_without_dmarc_another_organisations_pass_proves_nothing() -> None:
    with FakeDns(records(dmarc="")) as dns:
        forged = signed(domain=b"crook.example")
        found = checked(dns, forged, OTHER, sender="me@crook.example")
    assert found.words == {"spf": "pass", "dkim": "pass"}
    assert found.authentication == Authentication.UNKNOWN


def test_silent_name_servers_are_held_against_nobody_and_asked_no_more_for_a_minute() -> None:
    sock, address = silent_address()
    try:
        names = Names(address)
        names.lifetime = 0.2
        checker = Checker(names)
        for _ in range(3):
            found = checker.check(
                MAIL, from_domain="family.example", envelope_from="a@family.example", peer=OTHER
            )
            assert found.authentication == Authentication.UNKNOWN
        assert ("silence", "family.example") in checker.known
    finally:
        sock.close()


def test_a_crooks_silent_name_servers_excuse_no_forged_mail() -> None:
    silent = {"crook.example", "s._domainkey.crook.example"}
    forged = signed(domain=b"crook.example").removesuffix(MAIL) * 9 + MAIL
    with FakeDns(records(), broken=silent) as dns:
        checker = Checker(Names(dns.address))
        for sender in ("me@crook.example", "nina@family.example"):
            found = checker.check(
                forged, from_domain="family.example", envelope_from=sender, peer=OTHER
            )
            assert found.authentication == Authentication.FAILED


@pytest.mark.parametrize(
    "selector", [b"x" * 70, b".".join([b"x" * 60] * 5), b"..", b"\xff\xfe", b"xn--\xe4"]
)
def test_a_signature_under_a_name_that_can_not_be_excuses_nothing(
    dns: FakeDns, selector: bytes
) -> None:
    forged = signed().replace(b" s=s;", b" s=" + selector + b";")
    assert b" s=s;" not in forged
    assert checked(dns, forged, OTHER).authentication == Authentication.FAILED


def test_an_answer_is_asked_for_once(dns: FakeDns) -> None:
    checker = Checker(Names(dns.address))
    for _ in range(5):
        checker.check(
            signed(), from_domain="family.example", envelope_from="a@family.example", peer=OWN
        )
    assert len([one for one in dns.asked if one[0] == "_dmarc.family.example"]) == 1


@pytest.mark.parametrize("raw", [b"", b"\0" * 100, b"DKIM-Signature: nonsense\r\n\r\nx", b"\xff\n"])
def test_any_bytes_are_borne(dns: FakeDns, raw: bytes) -> None:
    assert checked(dns, raw).authentication != Authentication.PASSED


def test_a_record_that_makes_no_sense_is_no_proof() -> None:
    told = records()
    told[("family.example", "TXT")] = [txt("v=spf1 include:family.example a:\xff ptr")]
    told[("_dmarc.family.example", "TXT")] = [txt("v=DMARC1; p=reject"), txt("v=DMARC1; p=none")]
    with FakeDns(told) as dns:
        assert checked(dns, MAIL, OWN).authentication == Authentication.UNKNOWN


def test_the_best_of_several_signatures_counts() -> None:
    bad = Result("dkim", "fail", "family.example")
    good = replace(bad, result="pass")
    assert verdict([bad, good], "family.example") == Authentication.PASSED
    assert Checked(results=(good, bad)).words == {"dkim": "pass"}


@pytest.mark.parametrize("island", ["je", "gg", "im"])
def test_two_schools_of_an_island_are_two_organisations(island: str) -> None:
    assert not belongs(f"hautlieu.sch.{island}", f"beaulieu.sch.{island}")
    assert belongs(f"mail.hautlieu.sch.{island}", f"hautlieu.sch.{island}")
    assert not belongs(f"one.gov.{island}", f"two.gov.{island}")
    assert not belongs(f"one.co.{island}", f"two.co.{island}")
    assert belongs(f"mail.family.{island}", f"family.{island}")


def test_google_and_gmail_are_one_organisation() -> None:
    assert belongs("gmail.com", "googlemail.com")
    assert not belongs("gmail.com", "mail.com")
