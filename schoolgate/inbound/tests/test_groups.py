"""What a group or a mailbox carried on is a parent's, where our address or the sender proves it."""

import pytest
from django.test import override_settings

from schoolgate.conversations.models import Conversation
from schoolgate.delivery.reply_address import read as token_in
from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.authenticating import Checked, Peer
from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import read
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.mails import from_carer, reply_to, written
from schoolgate.inbound.tests.taking import NOW, of_tray, taken
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

GROUP = {
    "List_Id": "<office.school.example>",
    "Mailing_list": "list office@school.example; contact office+owners@school.example",
    "Precedence": "list",
}
CARRIED = {"X_Forwarded_For": "office@school.example", "X_Forwarded_To": "in@school.example"}
PASSED = Authentication.PASSED


@pytest.fixture
def thread(medway: Cast) -> Conversation:
    """Hannah's conversation."""
    arrival = taken(medway, written(from_carer(medway, "hannah"), medway.school.inbound_address))
    assert arrival.conversation
    return arrival.conversation


def came(cast: Cast, content: bytes, check: Authentication, to: str = "") -> Arrival:
    """A mail whose sender was judged before."""
    found = take(
        content=content,
        envelope_from="office+bounces@school.example",
        envelope_to=to or cast.school.inbound_address,
        at=NOW,
        checked=Checked(check),
    )
    see(school_id=cast.school.pk)
    assert found
    return Arrival.objects.get(pk=found.pk)


def test_a_mail_through_a_group_with_our_signed_address_joins_its_thread(
    medway: Cast, thread: Conversation
) -> None:
    to = reply_to(medway, thread.pk, "hannah")
    mail = written(from_carer(medway, "hannah"), to, **GROUP)
    arrival = came(medway, mail, Authentication.UNKNOWN, to)
    assert arrival.conversation == thread


def test_a_mail_through_a_group_with_a_proven_sender_is_no_strangers(medway: Cast) -> None:
    mail = written(from_carer(medway, "nina"), medway.school.inbound_address, **GROUP)
    assert came(medway, mail, PASSED).became == Arrival.Became.CONVERSATION


@pytest.mark.parametrize("check", [Authentication.UNKNOWN, Authentication.FAILED])
def test_what_a_group_carried_of_whom_nothing_proves_is_for_a_person(
    medway: Cast, check: Authentication
) -> None:
    mail = written(from_carer(medway, "nina"), medway.school.inbound_address, **GROUP)
    assert of_tray(came(medway, mail, check)).reason == Reason.TO_MANY


def through(cast: Cast, who: str, to: str) -> bytes:
    """A group has put its own address into From."""
    return written(
        "Hannah via Office <office@school.example>",
        to,
        X_Original_Sender=from_carer(cast, who),
        **GROUP,
    )


def test_a_group_that_writes_itself_into_from_hides_nobody_with_our_signed_address(
    medway: Cast, thread: Conversation
) -> None:
    to = reply_to(medway, thread.pk, "hannah")
    arrival = came(medway, through(medway, "hannah", to), PASSED, to)
    assert arrival.conversation == thread
    message = thread.messages.filter(direction="family").latest("id")
    assert message.sender_check == "unknown"  # that the group is itself proves nothing of Hannah
    other = came(medway, through(medway, "nina", to), PASSED, to)
    assert of_tray(other).reason == Reason.TO_MANY


def test_a_group_that_writes_itself_into_from_proves_nobody_without_it(medway: Cast) -> None:
    mail = through(medway, "hannah", medway.school.inbound_address)
    item = of_tray(came(medway, mail, PASSED))
    assert (item.reason, item.authentication) == (Reason.TO_MANY, "unknown")
    assert item.carer == medway.carers["hannah"]


def test_what_a_mailbox_carried_on_by_itself_is_its_writers_where_that_is_proven(
    medway: Cast,
) -> None:
    mail = written(from_carer(medway, "nina"), medway.school.inbound_address, **CARRIED)
    assert came(medway, mail, PASSED).became == Arrival.Became.CONVERSATION
    other = written(from_carer(medway, "obi"), medway.school.inbound_address, **CARRIED)
    item = of_tray(came(medway, other, Authentication.UNKNOWN))
    assert item.reason == Reason.LOOKS_LIKE_FORWARD


def test_what_a_person_passes_on_is_still_looked_at(medway: Cast) -> None:
    mail = written(
        from_carer(medway, "nina"), medway.school.inbound_address, subject="Fwd: you", **CARRIED
    )
    assert of_tray(came(medway, mail, PASSED)).reason == Reason.LOOKS_LIKE_FORWARD


@pytest.mark.parametrize(("kept", "writes"), [("gmail", "googlemail"), ("googlemail", "gmail")])
def test_googlemail_is_gmail(medway: Cast, kept: str, writes: str) -> None:
    routes = ContactRoute.objects.filter(carer=medway.carers["nina"], kind="email")
    routes.update(value=f"Nina.H@{kept}.com")
    mail = written(f"nina.h@{writes}.com", medway.school.inbound_address)
    arrival = taken(medway, mail)
    assert arrival.conversation and arrival.conversation.carer == medway.carers["nina"]


def test_a_plus_part_that_the_host_has_stripped_is_found_again(
    medway: Cast, thread: Conversation
) -> None:
    to = reply_to(medway, thread.pk, "hannah")
    mail = written(from_carer(medway, "hannah"), f"School <{to}>")
    arrival = taken(medway, mail)
    assert arrival.conversation == thread
    assert token_in(arrival.envelope_to)
    again = take(content=mail, envelope_from="x@example.net", envelope_to=to, at=NOW)
    assert again is None


def test_a_plus_part_whose_signature_does_not_hold_is_worth_nothing(
    medway: Cast, thread: Conversation
) -> None:
    local, _, domain = reply_to(medway, thread.pk, "hannah").partition("@")
    forged = f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"
    arrival = taken(medway, written(from_carer(medway, "hannah"), forged))
    assert arrival.conversation != thread
    other = f"{local}@elsewhere.example"
    assert taken(medway, written(from_carer(medway, "hannah"), other)).conversation != thread


def test_a_group_of_strangers_stays_one() -> None:
    mail = read(b"From: a@b.org\r\nList-Id: <x.y>\r\nReply-To: list@y.org\r\n\r\nx")
    assert (mail.sender, mail.through_group, mail.is_to_many) == ("a@b.org", False, True)


RESULTS = "mx.school.example; dmarc=pass header.from=medway-green.example.org"


@pytest.mark.parametrize(
    ("address", "check"),
    [("203.0.113.5", "passed"), ("127.0.0.1", "passed"), ("198.51.100.9", "unknown"),
     ("", "passed")],
)  # fmt: skip
def test_results_of_a_trusted_server_count_only_by_our_own_servers_where_they_are_named(
    medway: Cast, address: str, check: str
) -> None:
    mail = written(
        from_carer(medway, "nina"), medway.school.inbound_address, Authentication_Results=RESULTS
    )
    trusting = override_settings(
        TRUSTED_AUTHSERV="mx.school.example", MAIL_RELAYS=["203.0.113.0/24"]
    )
    with trusting:
        found = take(
            content=mail,
            envelope_from="x@example.net",
            envelope_to=medway.school.inbound_address,
            at=NOW,
            peer=Peer(address) if address else None,
        )
    see(school_id=medway.school.pk)
    assert found and Arrival.objects.get(pk=found.pk).authentication == check
