"""What a domain's records say is judged as its readers judge it, asked of a real name server."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolgate.delivery.channels.email.arrival import answers, dkim_key, dmarc, sending_host, spf
from schoolgate.delivery.channels.email.arrival.dkim_key import OurKey
from schoolgate.delivery.channels.email.arrival.findings import Finding, State
from schoolgate.delivery.channels.email.arrival.judging import Sending, judge
from schoolgate.delivery.channels.email.arrival.names import CouldNotAsk, Names
from schoolgate.delivery.tests.domains import (
    DOMAIN,
    KEY_AT,
    SELECTOR,
    SENDS,
    Records,
    good,
    key_record,
    private_key,
)
from schoolgate.rehearsal.fake_dns import FakeDns, silent_address, txt

TIGHT = f"p=reject; rua=mailto:reports@{DOMAIN}"


def spf_of(record: str, sending: str = SENDS, **more: str) -> list[Finding]:
    """What is found of one SPF record; `more` are those of other domains, dots as `_`."""
    records = good(spf=[record]) | {
        (name.replace("_", "."), "TXT"): [txt(text)] for name, text in more.items()
    }
    with FakeDns(records) as server:
        return spf.judge(DOMAIN, [sending], Names(server.address))


def dkim_of(*records: str, ours: OurKey = OurKey()) -> list[Finding]:  # noqa: B008 - frozen
    with FakeDns(good(dkim=list(records))) as server:
        return dkim_key.judge(DOMAIN, SELECTOR, ours, Names(server.address))


def dmarc_of(*records: str, signing: str = DOMAIN, answering: str = DOMAIN) -> list[Finding]:
    with FakeDns(good(dmarc=list(records))) as server:
        names = Names(server.address)
        return dmarc.judge(DOMAIN, signing=signing, answering=answering, names=names)


def mx_of(records: Records) -> Finding:
    with FakeDns(records) as server:
        return answers.judge(DOMAIN, Names(server.address))[0]


def states(found: list[Finding]) -> list[str]:
    return [one.state for one in found]


def test_a_good_domain_is_fine_throughout() -> None:
    with FakeDns(good()) as server:
        sending = Sending(DOMAIN, "anymail+postmark:", "https://x", SENDS, SELECTOR)
        found = judge(sending, Names(server.address))
    assert {one.about: one.state for one in found} == {
        "SPF": "fine",
        "DKIM": "fine",
        "DMARC": "fine",
        "DMARC alignment": "fine",
        "MX": "fine",
        "TLS": "fine",
        "List-Unsubscribe": "worth a look",
    }


def test_a_long_key_is_asked_for_again_by_tcp() -> None:
    with FakeDns(good(dkim=[key_record(4096)])) as server:
        found = dkim_key.judge(DOMAIN, SELECTOR, OurKey(), Names(server.address))
    assert "4096 bits" in found[0].says
    assert [by for name, _kind, by in server.asked if name == KEY_AT] == ["udp", "tcp"]


@pytest.mark.parametrize(
    ("record", "state", "says"),
    [
        (f"v=spf1 ip4:{SENDS} -all", "fine", "0 look-ups"),
        ("v=spf1 ip4:192.0.2.0/24 ~all", "fine", "ends in ~all"),
        ("v=spf1 mx ?all", "wrong", "ends in ?all"),
        ("v=spf1 mx +all", "wrong", "lets anybody send"),
        ("v=spf1 mx", "wrong", "has no end"),
        ("v=spf1 mx a:x1.example.org a:x2.example.org a:x3.example.org -all", "wrong", "3 names"),
        (f"v=spf1 ip4:{SENDS} exists:%{{i}}.x.example a:%{{d}}.x.example -all", "fine", "2 look"),
        (f"v=spf1 ip4:{SENDS} include:%{{d}}.x.example -all", "fine", "1 look"),
        ("v=spf1 mx mxx:other -all", "wrong", "mxx"),
        ("v=spf1 ip4:192.0.2.999 mx -all", "wrong", "192.0.2.999"),
        ("v=spf1 ip4:198.51.100.1 -all", "wrong", f"doesn't let {SENDS} send"),
        ("v=spf1 include:nowhere.example.org mx -all", "wrong", "nowhere.example.org"),
        (f"v=spf1 {'a ' * 11}mx -all", "wrong", "12 look-ups"),
    ],
)
def test_one_spf_record_is_read(record: str, state: str, says: str) -> None:
    found = spf_of(record)
    assert (found[0].state, says in found[0].says) == (state, True)


def test_spf_without_any_record_gives_one_to_paste() -> None:
    with FakeDns(good(spf=[])) as server:
        (found,) = spf.judge(DOMAIN, [SENDS], Names(server.address))
    assert found.state == State.WRONG
    assert found.record == f'{DOMAIN}. TXT "v=spf1 mx ip4:{SENDS} ~all"'


def test_two_spf_records_are_none_and_one_is_offered() -> None:
    with FakeDns(good(spf=["v=spf1 mx -all", "v=spf1 a -all"])) as server:
        (found,) = spf.judge(DOMAIN, [SENDS], Names(server.address))
    assert "2 SPF records" in found.says
    assert found.record == f'{DOMAIN}. TXT "v=spf1 a mx ~all"'


def test_look_ups_within_includes_count_and_redirect_gives_the_end() -> None:
    deep = {f"s{n}.example.org".replace(".", "_"): "v=spf1 a a a a -all" for n in range(3)}
    includes = " ".join(f"include:s{n}.example.org" for n in range(3))
    assert "15 look-ups" in spf_of(f"v=spf1 {includes} -all", **deep)[0].says
    moved = spf_of("v=spf1 redirect=s.example.org", s_example_org=f"v=spf1 ip4:{SENDS} -all")
    assert (states(moved), "ends in -all" in moved[0].says) == (["fine"], True)


def test_a_circle_of_includes_comes_to_an_end() -> None:
    found = spf_of(
        "v=spf1 include:round.example.org -all",
        round_example_org="v=spf1 include:round.example.org -all",
    )
    assert "look-ups" in found[0].says


def test_a_host_that_hands_on_from_other_machines_is_for_a_person_to_look_at() -> None:
    found = spf_of(
        "v=spf1 include:big.example.org -all", big_example_org="v=spf1 ip6:2001:db8::/32 -all"
    )
    assert states(found) == ["worth a look"]
    assert "spf=pass" in found[0].ask


@pytest.mark.parametrize(("bits", "state"), [(1024, "worth a look"), (2048, "fine")])
def test_a_key_is_as_good_as_it_is_long(bits: int, state: str) -> None:
    assert states(dkim_of(key_record(bits))) == [state]


def test_a_key_that_is_missing_withdrawn_broken_doubled_or_on_trial_is_named() -> None:
    assert "no DKIM key" in dkim_of()[0].says
    assert "withdrawn" in dkim_of("v=DKIM1; p=")[0].says
    assert "can't be read" in dkim_of("v=DKIM1; p=AAAA")[0].says
    assert "2 keys" in dkim_of(key_record(), key_record(1024))[0].says
    assert states(dkim_of(f"t=y; {key_record()}")) == ["fine", "worth a look"]
    assert "ed25519" in dkim_of("v=DKIM1; k=ed25519; p=AAAA")[0].says


def test_our_own_key_gives_the_record_to_paste_and_is_told_from_another() -> None:
    ours = OurKey.from_pem(private_key())
    assert dkim_of(ours=ours)[0].record == f'{KEY_AT}. TXT "{ours.record}"'
    assert "not the one" in dkim_of(key_record(), ours=ours)[0].says
    assert states(dkim_of(ours.record, ours=ours)) == ["fine"]


def test_without_a_selector_nobody_can_look() -> None:
    with FakeDns(good()) as server:
        found = dkim_key.judge(DOMAIN, "", OurKey(), Names(server.address))
    assert states(found) == ["could not be checked"]


@pytest.mark.parametrize(
    ("record", "state", "says"),
    [
        (f"v=DMARC1; {TIGHT}", "fine", "reject"),
        (f"v=DMARC1; p=none; rua=mailto:a@{DOMAIN}", "worth a look", "only watches"),
        ("v=DMARC1; p=reject", "worth a look", "nobody who gets the reports"),
        ("v=DMARC1; p=reject; rua=mailto:a@else.example", "worth a look", "else.example"),
        (f"v=DMARC1; {TIGHT}; pct=20", "worth a look", "20 %"),
        (f"v=DMARC1; p=maybe; rua=mailto:a@{DOMAIN}", "wrong", "has no policy"),
    ],
)
def test_one_dmarc_record_is_read(record: str, state: str, says: str) -> None:
    found = dmarc_of(record)[0]
    assert (found.state, says in found.says) == (state, True)


def test_no_dmarc_gives_a_record_to_paste_and_two_are_none() -> None:
    found = dmarc_of()[0]
    assert found.record == f'_dmarc.{DOMAIN}. TXT "v=DMARC1; p=none; rua=mailto:dmarc@{DOMAIN}"'
    assert "2 DMARC records" in dmarc_of(f"v=DMARC1; {TIGHT}", "v=DMARC1; p=none")[0].says


def test_reports_go_to_another_domain_where_that_one_wants_them() -> None:
    wanted = {(f"{DOMAIN}._report._dmarc.else.example", "TXT"): [txt("v=DMARC1")]}
    with FakeDns(good(dmarc=["v=DMARC1; p=reject; rua=mailto:a@else.example!10m"]) | wanted) as one:
        found = dmarc.judge(DOMAIN, signing=DOMAIN, answering=DOMAIN, names=Names(one.address))
    assert states(found) == ["fine", "fine"]


def test_a_domain_below_takes_the_record_above_it() -> None:
    records = {("_dmarc.example.org", "TXT"): [txt(f"v=DMARC1; {TIGHT}; sp=none")]}
    with FakeDns(records) as server:
        found = dmarc.judge(
            DOMAIN, signing="other.example.org", answering=DOMAIN, names=Names(server.address)
        )
    assert "_dmarc.example.org only watches" in found[0].says
    assert found[-1].state == State.FINE  # relaxed: both are under example.org


def test_signature_and_way_back_have_to_belong_to_the_sender() -> None:
    record = f"v=DMARC1; {TIGHT}"
    assert dmarc_of(record, signing="host.example.net")[-1].state == State.LOOK
    assert dmarc_of(record, answering="host.example.net")[-1].state == State.LOOK
    neither = dmarc_of(record, signing="host.example.net", answering="host.example.net")
    assert neither[-1].state == State.WRONG
    strict = dmarc_of(f"{record}; adkim=s", signing=f"mail.{DOMAIN}")
    assert strict[-1].state == State.LOOK


def test_answers_can_come_in_or_not() -> None:
    assert mx_of(good()).state == State.FINE
    assert "takes no mail at all" in mx_of(good(mx=["0 ."])).says
    assert "has no address" in mx_of(good(mx=["10 gone.example.org."])).says
    nothing = mx_of(good(mx=[]))
    assert (nothing.state, nothing.record) == (State.WRONG, f"{DOMAIN}. MX 10 mail.{DOMAIN}.")
    assert mx_of(good(mx=[]) | {(DOMAIN, "A"): [SENDS]}).state == State.LOOK


def test_an_address_has_a_name_that_leads_back() -> None:
    with FakeDns(good()) as server:
        assert states(sending_host.judge_reverse([SENDS], Names(server.address))) == ["fine"]
    with FakeDns(good(ptr=[])) as server:
        assert "has no name" in sending_host.judge_reverse([SENDS], Names(server.address))[0].says
    with FakeDns(good(ptr=["other.example.org."])) as server:
        found = sending_host.judge_reverse([SENDS], Names(server.address))
    assert "doesn't lead back" in found[0].says
    assert states(sending_host.judge_reverse([], Names("127.0.0.1:9"))) == ["could not be checked"]


def test_what_could_not_be_asked_is_never_passed() -> None:
    with FakeDns(good(), broken=[DOMAIN, KEY_AT, f"_dmarc.{DOMAIN}"]) as server:
        found = judge(Sending(DOMAIN, "", "https://x", SENDS, SELECTOR), Names(server.address))
    assert states(found)[:4] == ["could not be checked"] * 4
    assert "No name server answered" in found[0].says


def test_a_name_server_that_says_nothing_is_not_waited_for_long() -> None:
    silent, address = silent_address()
    names = Names(address)
    names.lifetime = 0.3
    with silent, pytest.raises(CouldNotAsk):
        names.mail_hosts(DOMAIN)


def test_a_domain_that_nobody_knows_is_said_once() -> None:
    with FakeDns(good()) as server:
        found = judge(Sending("typo.example.net", "", "https://x"), Names(server.address))
    assert [one.about for one in found] == ["Domain", "TLS", "List-Unsubscribe"]


WORDS = st.sampled_from(
    ["a", "mx", "ptr", "include", "redirect", "all", "ip4", "ip6", "exists", "p", "v", "k", "rua"]
    + [
        "-",
        "~",
        "?",
        "=",
        ":",
        "/",
        "//",
        ";",
        "%{i}",
        "!",
        "@",
        ",",
        ".",
        "999",
        "192.0.2.1",
        "::",
    ]
)
NONSENSE = st.lists(WORDS | st.text("abc \u00e9", max_size=3), max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(record=NONSENSE, other=NONSENSE)
def test_no_record_makes_the_doctor_fall_over(record: str, other: str) -> None:
    texts = [txt(f"v=spf1 {record}"), txt(f"v=spf1{other}")]
    told = {
        (DOMAIN, "TXT"): texts[: 1 + len(other) % 2],
        (KEY_AT, "TXT"): [txt(f"v=DKIM1; p={record}")],
        (f"_dmarc.{DOMAIN}", "TXT"): [txt(f"v=DMARC1; p={other}; rua={record}")],
        (DOMAIN, "MX"): [f"10 mail.{DOMAIN}."],
    }
    with FakeDns(told) as server:
        found = judge(Sending(DOMAIN, "", "https://x", SENDS, SELECTOR), Names(server.address))
    assert {"SPF", "DKIM", "MX"} <= {one.about for one in found}
