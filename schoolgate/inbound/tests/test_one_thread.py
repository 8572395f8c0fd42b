"""A matter by portal, email and text is one thread with one promise (DOMAIN 5.1)."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.actions.replying import reply
from schoolgate.conversations.models import Conversation
from schoolgate.inbound.tests.mails import from_carer, reply_to, written
from schoolgate.inbound.tests.ringing import HERE, NINA, has_number, hooked, texted
from schoolgate.inbound.tests.taking import taken
from schoolgate.ledger.actors import Actor
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_hooks import a_voicemail
from schoolgate.response_clock.models import Promise
from schoolgate.school.tenancy import see


@pytest.fixture(autouse=True)
def providers() -> Iterator[None]:
    """Every provider with its secrets."""
    with HERE:
        yield


@pytest.fixture
def begun(medway: Cast) -> Conversation:
    """Nina wrote in the portal two hours ago."""
    has_number(medway, "nina")
    nina = medway.carers["nina"]
    actor = Actor(kind="carer", id=nina.pk, name=nina.name)
    at = timezone.now() - timedelta(hours=2)
    return start(actor=actor, carer=nina, words=Words(body="His coat is gone.", at=at))


def open_promises(conversation: Conversation) -> list[Promise]:
    """The reply promises that run."""
    rows = Promise.objects.filter(subject=conversation.public_id, kind="reply", stopped_at=None)
    return list(rows.filter(withdrawn_at=None))


def gone_on_with(cast: Cast, conversation: Conversation) -> None:
    """By email, by text and by a voicemail."""
    to = reply_to(cast, conversation.pk, "nina")
    mail = written(from_carer(cast, "nina"), to, body="It is green.")
    assert taken(cast, mail, to=to, at=timezone.now()).conversation == conversation
    assert texted(cast, "And it has a hood.").conversation == conversation
    said = a_voicemail("https", NINA, "https://gateway.example.org/r", words="It has his name.")
    assert hooked("https", said, hook="voicemails").status_code == 200
    see(school_id=cast.school.pk)


@pytest.mark.clause("2.2-T1")
def test_portal_email_text_and_voicemail_are_one_thread_with_the_first_promise(
    medway: Cast, begun: Conversation
) -> None:
    (first,) = open_promises(begun)
    gone_on_with(medway, begun)
    assert Conversation.objects.count() == 1
    channels = begun.messages.filter(direction="family").order_by("at", "pk")
    assert list(channels.values_list("channel", flat=True)) == [
        "portal",
        "email",
        "text",
        "voicemail",
    ]
    assert [one.pk for one in open_promises(begun)] == [first.pk]


@pytest.mark.clause("2.2-T1")
def test_one_answer_in_the_portal_stops_it_and_the_next_text_starts_one_anew(
    medway: Cast, begun: Conversation
) -> None:
    gone_on_with(medway, begun)
    tutor = medway.team["priya"]
    reply(
        actor=Actor(kind="member", id=tutor.pk, name=tutor.name),
        member=tutor,
        conversation=begun,
        body="We have found it.",
        at=timezone.now(),
    )
    assert open_promises(begun) == []
    arrival = texted(medway, "Thank you. And his hat?", key="2")
    assert arrival.conversation == begun
    (again,) = open_promises(begun)
    assert again.started_at == arrival.received_at


@pytest.mark.clause("2.2-T1")
def test_the_automatic_receipt_of_a_text_stops_nothing(medway: Cast) -> None:
    has_number(medway, "nina")
    conversation = texted(medway, "Hello").conversation
    assert conversation and conversation.messages.filter(direction="automatic").exists()
    assert len(open_promises(conversation)) == 1
