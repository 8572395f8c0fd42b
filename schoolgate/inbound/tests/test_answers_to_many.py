"""Answers to something that went to many: each family has a thread of its own, ever the same."""

import pytest

from schoolgate.conversations.models import Conversation
from schoolgate.delivery import reply_address
from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.models import Content, Parcel, Priority
from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.tests.mails import from_carer, written
from schoolgate.inbound.tests.taking import NOW, of_tray, taken
from schoolgate.people.models import Receives
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

PEOPLE = ("nina", "hannah")


@pytest.fixture
def content(medway: Cast) -> Content:
    """Something that Priya wrote and that two carers have."""
    made = Content.objects.create(
        school=medway.school, purpose="service", subject="Wellies", text="Please send wellies.",
        level=Receives.GENERAL, answers_to=medway.team["priya"], written_at=NOW,
    )  # fmt: skip
    to = [Addressee(carer=medway.carers[key].pk, children=(), channel="email") for key in PEOPLE]
    publish(content=made, addressees=to, priority=Priority.SERVICE, at=NOW)
    return made


def answered(medway: Cast, content: Content, key: str, sender: str = "", body: str = "") -> Arrival:
    """A carer answers the email; `sender` is somebody else who got hold of it."""
    to = reply_address.make_for_content(
        inbound_address=medway.school.inbound_address,
        content=content.pk,
        carer=medway.carers[key].pk,
    )
    mail = written(from_carer(medway, sender or key), to, subject="Re: Wellies", body=body or "Yes")
    arrival = taken(medway, mail, to=to)
    see(school_id=medway.school.pk)
    return arrival


@pytest.mark.clause("2.2-T5")
def test_two_families_never_share_a_thread(medway: Cast, content: Content) -> None:
    first, second = (answered(medway, content, key).conversation for key in PEOPLE)
    assert first and second and first.pk != second.pk
    assert (first.carer, second.carer) == (medway.carers["nina"], medway.carers["hannah"])


def test_a_second_answer_joins_the_first(medway: Cast, content: Content) -> None:
    first = answered(medway, content, "nina", body="Yes").conversation
    again = answered(medway, content, "nina", body="And gloves").conversation
    assert first == again and Conversation.objects.filter(answers=content).count() == 1


def test_it_goes_to_whom_the_content_names_for_its_answers(medway: Cast, content: Content) -> None:
    conversation = answered(medway, content, "hannah").conversation
    assert conversation and conversation.owner == medway.team["priya"]
    assert conversation.due_at is not None


@pytest.mark.clause("2.2-T5")
def test_somebody_elses_address_with_it_lies_in_the_tray(medway: Cast, content: Content) -> None:
    arrival = answered(medway, content, "nina", sender="hannah")
    assert of_tray(arrival).reason == Reason.OTHERS_REPLY_ADDRESS


def test_who_was_found_not_entitled_begins_nothing_by_it(medway: Cast, content: Content) -> None:
    Parcel.objects.filter(carer=medway.carers["nina"]).update(state="not entitled")
    arrival = answered(medway, content, "nina")
    assert of_tray(arrival).reason == Reason.THREAD_NOT_THEIRS_NOW
