"""`schoolgate doctor mail` says it in sentences or as one object, and leaves with 0 or 1."""

# Real clock: servers, certificates and clients on sockets ask the machine's own.

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from config.tests.verbs import ROOT, START
from schoolgate.delivery.channels.email.arrival.dkim_key import OurKey
from schoolgate.delivery.tests.domains import DOMAIN, KEY_AT, SELECTOR, SENDS, good, private_key
from schoolgate.rehearsal.fake_dns import FakeDns
from schoolgate.rehearsal.fake_mail_host import MailHost, certificate, server_side


def doctor(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the verb as a person does."""
    return subprocess.run(
        [sys.executable, "-c", START, "doctor", "mail", *words],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_domain_whose_mail_arrives_ends_with_0(tmp_path: Path) -> None:
    file, key = certificate(tmp_path, "localhost", datetime.now(UTC)), tmp_path / "dkim.pem"
    key.write_bytes(private_key())
    records = good(dkim=[OurKey.from_pem(private_key()).record])
    with FakeDns(records) as names, MailHost(server_side(file)) as host:
        done = doctor(
            *(f"office@{DOMAIN}", "--resolver", names.address, "--sending-address", SENDS),
            SSL_CERT_FILE=str(file),
            SCHOOLGATE_EMAIL_URL=f"smtp+tls://localhost:{host.port}",
            SCHOOLGATE_ADDRESS="https://talk.example.org",
            SCHOOLGATE_DKIM_DOMAIN=DOMAIN,
            SCHOOLGATE_DKIM_SELECTOR=SELECTOR,
            SCHOOLGATE_DKIM_KEY=str(key),
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": fine. ") == 10
    assert done.stdout.endswith("All is well. What is worth a look can wait.\n")
    assert host.taken == []


def test_what_is_wrong_comes_with_what_to_ask_for_and_1() -> None:
    with FakeDns(good(spf=[], dkim=[])) as names:
        done = doctor(DOMAIN, "--resolver", names.address, "--selector", SELECTOR)
    assert done.returncode == 1
    assert f'    {DOMAIN}. TXT "v=spf1 mx ~all"\n' in done.stdout
    assert f"There is no DKIM key at {KEY_AT}" in " ".join(done.stdout.split())
    assert "Wrong: 3. Could not be checked: 1." in done.stdout


def test_one_object_says_the_same() -> None:
    with FakeDns(good()) as names:
        done = doctor(DOMAIN, "--resolver", names.address, "--json")
    found = json.loads(done.stdout)
    assert (found["domain"], found["all_is_well"], done.returncode) == (DOMAIN, False, 1)
    assert {one["about"]: one["state"] for one in found["findings"]}["MX"] == "fine"


def test_without_a_name_server_nothing_passes() -> None:
    done = doctor(DOMAIN, "--resolver", "127.0.0.1:9", "--json")
    found = json.loads(done.stdout)["findings"]
    assert [one["state"] for one in found if one["about"] in {"SPF", "DMARC", "MX"}] == [
        "could not be checked"
    ] * 3


def test_a_key_that_can_not_be_used_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    missing = doctor(DOMAIN, SCHOOLGATE_DKIM_KEY="/nowhere.pem")
    assert "/nowhere.pem', which can't be read: No such file" in missing.stderr
    nonsense = tmp_path / "key.pem"
    nonsense.write_text("hello")
    assert "is not an RSA key" in doctor(DOMAIN, SCHOOLGATE_DKIM_KEY=str(nonsense)).stderr
    nonsense.write_bytes(private_key())
    half = doctor(DOMAIN, SCHOOLGATE_DKIM_KEY=str(nonsense))
    assert (half.returncode, "Please set both" in half.stderr) == (1, True)


def test_a_setup_that_can_not_tell_who_wrote_says_so() -> None:
    with FakeDns(good()) as names:
        unchecked = doctor(DOMAIN, "--resolver", names.address, SCHOOLGATE_CHECK_SENDERS="0")
        mailbox = doctor(
            DOMAIN,
            *("--resolver", names.address),
            SCHOOLGATE_IMAP_URLS="imaps://a:b@host/INBOX?to=inbound@school.example",
        )
    said = " ".join(unchecked.stdout.split())
    assert "Who wrote to us: wrong. Nobody checks who sent an email" in said
    said = " ".join(mailbox.stdout.split())
    assert "Who wrote to us: worth a look. A mailbox or relay does not say" in said
    assert "SCHOOLGATE_TRUSTED_AUTHSERV" in said


def test_results_that_anybody_could_write_are_worth_a_look() -> None:
    with FakeDns(good()) as names:
        asked = (DOMAIN, "--resolver", names.address)
        alone = doctor(*asked, SCHOOLGATE_TRUSTED_AUTHSERV="mx.school.example")
        named = doctor(
            *asked,
            SCHOOLGATE_TRUSTED_AUTHSERV="mx.school.example",
            SCHOOLGATE_MAIL_RELAYS="203.0.113.5",
        )
    assert "Who wrote to us: worth a look." in " ".join(alone.stdout.split())
    assert "Who wrote to us: fine." in " ".join(named.stdout.split())
