"""A press rings a line of the school's, then the family, who sees the school's number."""

from datetime import datetime

import pytest
from django.conf import LazySettings

from schoolgate.conversations.actions.connecting import ask_to_connect, connect_now
from schoolgate.conversations.errors import CannotConnect, NotToBeRung
from schoolgate.conversations.models import Conversation, Note
from schoolgate.conversations.tests.acting import actor_of, writes
from schoolgate.delivery.channels.voice.connecting import Connection, connect
from schoolgate.delivery.channels.voice.line import WrongCaller
from schoolgate.delivery.providers import read_provider
from schoolgate.ledger.models import Entry
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_provider import FakeProvider, Says
from schoolgate.rehearsal.fake_texts import NEVER, address, fake_texts

RINGS = Says(201, {"sid": "CA1", "status": "queued"})
LINE, SCHOOL = "Class line 01632 960421", "+441632960123"


@pytest.fixture
def thread(medway: Cast, now: datetime) -> Conversation:
    """Ewa's thread at a school that rings by Twilio, on a number that belongs to nobody."""
    school = medway.school
    school.settings_text = (
        school.settings_text.replace('click_to_call = "link"', 'click_to_call = "twilio"')
        .replace('phone = "01634 968420"', 'phone = "01632 960123"')
    )  # fmt: skip
    school.save()
    ContactRoute.objects.create(
        school=school, carer=medway.carers["ewa"], kind="mobile", value="+44 7700 900321"
    )
    return writes(medway, "ewa", "kuba", now)


def ask(
    cast: Cast, thread: Conversation, at: datetime, line: str = LINE, carer: str = "ewa"
) -> None:
    route, _made = ContactRoute.objects.get_or_create(
        school=cast.school, carer=cast.carers[carer], kind="mobile", value="+44 7700 900321"
    )
    ask_to_connect(
        actor=actor_of(cast, "priya"),
        member=cast.team["priya"],
        conversation=thread,
        route=route,
        line=line,
        sure=False,
        at=at,
    )


def now_rings(cast: Cast, thread: Conversation) -> None:
    connect_now(
        school_id=cast.school.pk,
        conversation_id=thread.pk,
        route_id=ContactRoute.objects.get(kind="mobile").pk,
        line=1,
        member_id=cast.team["priya"].pk,
    )


@pytest.mark.clause("2.2-T4b")
def test_the_schools_line_rings_and_the_schools_number_is_shown(
    medway: Cast, thread: Conversation, now: datetime, settings: LazySettings
) -> None:
    with fake_texts(RINGS) as fake:
        settings.VOICE_URL = address("twilio", fake.url, **{"from": SCHOOL})
        settings.DEMO = True
        ask(medway, thread, now)
        now_rings(medway, thread)
        (asked,) = fake.asked
    assert (asked.form["To"], asked.form["From"]) == ("+441632960421", SCHOOL)
    assert asked.form["Twiml"] == (
        f'<Response><Dial callerId="{SCHOOL}" timeout="30">'
        "<Number>+447700900321</Number></Dial></Response>"
    )
    assert Entry.objects.filter(verb="asked to be connected").count() == 1


def test_what_could_not_be_connected_says_so_and_is_not_tried_again(
    medway: Cast, thread: Conversation, settings: LazySettings
) -> None:
    with fake_texts(NEVER["twilio"]) as fake:
        settings.VOICE_URL = address("twilio", fake.url, **{"from": SCHOOL})
        settings.DEMO = True
        now_rings(medway, thread)
        assert len(fake.asked) == 1
    assert "could not be connected" in Note.objects.get().body


def test_without_a_provider_it_says_so_too(medway: Cast, thread: Conversation) -> None:
    now_rings(medway, thread)
    assert "could not be connected" in Note.objects.get().body


@pytest.mark.clause("2.2-T4b")
def test_no_number_but_the_schools_is_ever_shown() -> None:
    with FakeProvider([RINGS]) as fake:
        provider = read_provider(address("twilio", fake.url, **{"from": SCHOOL}))
        for shows in ("+447700900111", "", "07700 900111"):
            with pytest.raises(WrongCaller):
                connect(provider, Connection("01632 960421", "+447700900321", shows), drama=True)
        assert fake.asked == []


@pytest.mark.parametrize(
    ("line", "carer"), [("Not ours 01632 960999", "ewa"), ("", "ewa"), (LINE, "nina")]
)
def test_only_a_line_of_the_school_rings_and_only_this_family(
    medway: Cast, thread: Conversation, now: datetime, line: str, carer: str
) -> None:
    with pytest.raises(CannotConnect):
        ask(medway, thread, now, line, carer)


def test_who_is_not_to_be_rung_is_rung_only_by_who_is_sure(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    carer = medway.carers["ewa"]
    carer.needs = ["Cannot ring, please write"]
    carer.save()
    thread.carer = carer
    with pytest.raises(NotToBeRung):
        ask(medway, thread, now)
