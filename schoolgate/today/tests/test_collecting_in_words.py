"""A way home that came in words is held against the same orders as the form, on every channel."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.tests.acting import writes
from schoolgate.inbound.tests.taking import in_tray
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.models import Limit, Link
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see
from schoolgate.today.actions.arriving import Source, add, of_message
from schoolgate.today.kinds import Chosen, Kind
from schoolgate.today.models import Collection, Matter
from schoolgate.today.tests.test_collecting import is_barred
from schoolgate.today.tests.test_seeing import alerted

CHANNELS = ("portal", "email", "text", "voicemail", "call")


def said(cast: Cast, carer: str, words: str, at: datetime, channel: str = "portal") -> Message:
    """What somebody of a family said, on some channel, about no child in particular."""
    conversation = writes(cast, carer, None, at - timedelta(minutes=1), body="Hello.")
    message = Message.objects.get(conversation=conversation, direction="family")
    Message.objects.filter(pk=message.pk).update(body=words, channel=channel)
    return Message.objects.select_related("conversation__carer", "school").get(pk=message.pk)


def put(cast: Cast, message: Message, at: datetime, kind: Kind = Kind.COLLECTION) -> Matter:
    """Its wording puts it on the list."""
    return add(actor=SYSTEM, source=of_message(message), kind=kind, at=at, chosen=Chosen.WORDING)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_father_under_an_order_who_writes_that_he_collects_is_told_of_at_once(
    medway: Cast, now: datetime, channel: str
) -> None:
    message = said(medway, "piotr", "I will collect him today.", now, channel)
    matter = put(medway, message, now)
    assert matter.speaks_against == "check"
    assert {"ruth", "helen"} <= set(alerted())
    assert not Collection.objects.exists()


@pytest.mark.parametrize("kind", [Kind.COLLECTION, Kind.TRANSPORT])
@pytest.mark.parametrize(
    "words",
    [
        "Piotr Malinowski will collect Kuba today.",
        "Mr Malinowski picks him up at three.",
        "His dad collects him today.",
    ],
)
def test_whoever_is_named_is_looked_for_as_well(
    medway: Cast, now: datetime, words: str, kind: Kind
) -> None:
    assert put(medway, said(medway, "ewa", words, now), now, kind).speaks_against == "check"


def test_a_link_that_has_ended_or_gives_nothing_counts(medway: Cast, now: datetime) -> None:
    Limit.objects.all().delete()
    Link.objects.filter(carer=medway.carers["piotr"]).update(ended_at=now - timedelta(days=2))
    matter = put(medway, said(medway, "piotr", "I will collect him today.", now), now)
    assert matter.speaks_against == "check"


def test_somebody_barred_from_the_site_is_found_in_words(medway: Cast, now: datetime) -> None:
    is_barred(medway, "Danny Vole", now - timedelta(days=1))
    words = "My brother Danny Vole will fetch Noah today."
    assert put(medway, said(medway, "nina", words, now), now).speaks_against == "may not come"


def test_an_ordinary_one_speaks_against_nothing_and_alarms_nobody(
    medway: Cast, now: datetime
) -> None:
    matter = put(medway, said(medway, "nina", "I will collect Noah at two today.", now), now)
    assert matter.speaks_against == ""
    assert alerted() == []


def test_they_are_told_once_however_often_it_is_said(medway: Cast, now: datetime) -> None:
    message = said(medway, "piotr", "I will collect him today.", now)
    put(medway, message, now)
    told = len(alerted())
    add(
        actor=SYSTEM, source=of_message(message), kind=Kind.COLLECTION,
        at=now + timedelta(minutes=1), chosen=Chosen.PERSON, member=medway.team["joan"],
    )  # fmt: skip
    assert len(alerted()) == told


def test_in_the_tray_a_named_child_and_adult_are_enough(medway: Cast, now: datetime) -> None:
    item = in_tray(medway, "who@example.net", at=now, subject="Home", body="Hello.")
    words = "Piotr Malinowski will pick up Kuba today."
    source = Source(medway.school, "email", tray=item.public_id, words=words)
    Matter.objects.filter(tray=item.public_id).delete()
    matter = add(actor=SYSTEM, source=source, kind=Kind.COLLECTION, at=now, chosen=Chosen.WORDING)
    assert matter.speaks_against == "check"


def test_the_list_says_that_the_child_goes_as_always(medway: Cast) -> None:
    at = timezone.now()
    put(medway, said(medway, "nina", "I will collect Noah today.", at), at)
    put(medway, said(medway, "piotr", "I will collect him today.", at), at)
    joan, _ = enter("joan", medway, medway)
    page = joan.get("/medway-green/for-today/").content.decode()
    assert page.count("Not confirmed: the child goes as always.") == 2
    assert page.count("The head and the safeguarding lead have it") == 1
    see(school_id=medway.school.pk)
    assert Conversation.objects.filter(carer=medway.carers["piotr"]).exists()
