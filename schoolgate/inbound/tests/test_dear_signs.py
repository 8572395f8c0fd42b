"""Signs that nobody sees double no price; and addresses and ports that are as people have them."""

from datetime import UTC, datetime

import pytest

from schoolgate.announcements.texts import measure
from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.email.message import write
from schoolgate.delivery.errors import Refused
from schoolgate.delivery.providers import read_provider
from schoolgate.delivery.wording.alphabet import plain
from schoolgate.inbound.receipts.signatures import Heard, is_signed, twilio_signature
from schoolgate.inbound.tests.mails import written
from schoolgate.inbound.tests.taking import taken
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u2066\u2069\ufe0f\u202a\u202c"
TYPOGRAPHIC = "‘’‚‛“”„«»–—―−‐‑‒•…′″´`\u00a0\u2009\u202f\u2003\t\u2028×ﬁ½"


@pytest.mark.parametrize("sign", [*UNSEEN, *TYPOGRAPHIC, "e\u0301", "u\u0308"])
def test_a_sign_that_doubles_the_price_unseen_is_replaced_or_removed(sign: str) -> None:
    assert not measure(f"School is{sign}closed").is_gsm
    assert measure(plain(f"School is{sign}closed")).is_gsm


def test_signs_with_a_meaning_stay_where_the_text_needs_its_letters_anyway() -> None:
    for words in ("می\u200cخواهم", "👨\u200d👩\u200d👧", "آپ \u2066EHCP\u2069 کا"):
        assert plain(words) == words


def test_the_count_says_which_sign_is_dear_even_one_that_has_no_look() -> None:
    assert measure("School\u200b is closed ł").dear_shown == ("zero width space", "ł")
    assert measure("a\u0301").dear_shown == ("combining acute accent",)


def letter(to: str) -> Letter:
    """An email to somebody."""
    words = Words(sender="in@school.example", domains=("school.example",), subject="x", text="x")
    return Letter(key="1", to=to, reply_to="in@school.example", words=words)


def test_an_address_with_a_domain_beyond_ascii_can_be_mailed() -> None:
    out = write(letter("nina@łódź.example"))
    assert out.rcpt == b"RCPT TO:<nina@xn--d-uga0v4h.example>\r\n"
    assert b"To: nina@xn--d-uga0v4h.example\r\n" in out.words


@pytest.mark.parametrize("to", ["józef@example.org", "n@\u200b.example", "n@" + "ł" * 80])
def test_an_address_that_no_server_knows_is_refused_and_not_guessed(to: str) -> None:
    with pytest.raises(Refused):
        write(letter(to))


@pytest.mark.parametrize(
    ("kept", "writes"),
    [("łódź.example", "xn--d-uga0v4h.example"), ("xn--d-uga0v4h.example", "łódź.example")],
)
def test_a_domain_beyond_ascii_is_known_in_both_its_forms(
    medway: Cast, kept: str, writes: str
) -> None:
    ContactRoute.objects.filter(carer=medway.carers["nina"], kind="email").update(
        value=f"nina@{kept}"
    )
    content = written("nina@x.example", medway.school.inbound_address)
    content = content.replace(b"nina@x.example", f"nina@{writes}".encode())
    conversation = taken(medway, content).conversation
    assert conversation and conversation.carer == medway.carers["nina"]


@pytest.mark.parametrize("given", ["https://x.example:8443/a?b=c", "https://x.example/a?b=c"])
@pytest.mark.parametrize("signed", ["https://x.example:8443/a?b=c", "https://x.example/a?b=c",
                                    "https://x.example:443/a?b=c"])  # fmt: skip
def test_twilio_behind_a_port_of_its_own_verifies(given: str, signed: str) -> None:
    provider = read_provider("twilio://AC1:token@api/?from=%2B447700900000")
    heard = Heard(
        given,
        {"X-Twilio-Signature": twilio_signature("token", signed, [("Body", "x")])},
        b"Body=x",
        datetime(2026, 11, 23, tzinfo=UTC),
    )
    right = signed == given or (":8443" in given) == (":443" not in signed)
    assert is_signed(provider, heard) == right
