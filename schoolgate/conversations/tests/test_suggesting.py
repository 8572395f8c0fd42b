"""Wording suggests, a person decides; nothing moves and nobody is told by wording alone."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from house_rules.entering import enter
from schoolgate.conversations import access
from schoolgate.conversations.actions.suggesting import decide
from schoolgate.conversations.errors import DecidedAlready
from schoolgate.conversations.models import Conversation, Suggestion
from schoolgate.conversations.tests.acting import actor_of, fresh, who, writes
from schoolgate.delivery.models import Content
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

DANGER = "He came home late. My husband hits me in front of the children."
TODAY = "Kuba won't be in school today, he was sick in the night."


@pytest.fixture
def both(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """The school of these tests and the other one, whose people are outsiders."""
    return medway, trent


def suggested(conversation: Conversation) -> list[Suggestion]:
    return list(Suggestion.objects.filter(message__conversation=conversation))


def decided(cast: Cast, suggestion: Suggestion, at: datetime, accepted: bool = True) -> Suggestion:
    return decide(
        actor=actor_of(cast, "priya"),
        member=cast.team["priya"],
        suggestion=suggestion,
        accepted=accepted,
        at=at,
    )


def team_page(client: Client, conversation: Conversation) -> str:
    return client.get(conversation.page).content.decode()


def test_a_message_that_may_be_about_danger_is_suggested_with_its_reason_and_its_words(
    medway: Cast, now: datetime
) -> None:
    first, *_ = suggested(writes(medway, "ewa", "kuba", now, DANGER))
    assert (first.kind, first.state, first.by) == ("danger", "waiting", None)
    assert first.reason.startswith("It speaks of ")
    assert "hits me" in first.words


def test_the_subject_is_read_too(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now, "See above.", subject="Dad hit my son")
    assert [one.kind for one in suggested(conversation)] == ["danger"]


@pytest.mark.parametrize("channel", ["portal", "email", "text", "call"])
def test_every_channel_is_read(medway: Cast, now: datetime, channel: str) -> None:
    assert suggested(writes(medway, "ewa", "kuba", now, DANGER, channel=channel))


def test_an_angry_message_suggests_nothing(medway: Cast, now: datetime) -> None:
    body = "You are all idiots and this is a DISGRACE. I will go to the press."
    assert suggested(writes(medway, "ewa", "kuba", now, body)) == []


def test_owner_promise_and_alerts_are_those_of_any_message(medway: Cast, now: datetime) -> None:
    plain = writes(medway, "ewa", "kuba", now)
    alarming = writes(medway, "ewa", "kuba", now, DANGER + " " + TODAY)
    same = ("owner_id", "queue", "due_at", "state", "side", "sensitive")
    assert all(getattr(fresh(plain), name) == getattr(fresh(alarming), name) for name in same)
    assert not Content.objects.filter(purpose=Content.Purpose.ALERT).exists()


def test_the_team_sees_a_suggestion_beside_the_message_and_the_family_never(
    both: tuple[Cast, Cast], now: datetime
) -> None:
    here, other = both
    see(school_id=here.school.pk)
    conversation = writes(here, "ewa", "kuba", now, DANGER)
    tutor, _ = enter("priya", here, other)
    page = team_page(tutor, conversation)
    assert "This may be about somebody’s safety." in page
    assert "It is not" in page and "hits me" in page
    family, _ = enter("ewa", here, other)
    page = family.get(conversation.page).content.decode()
    assert "may be about" not in page and "It speaks of" not in page


def test_for_today_marks_the_conversation_on_that_day_alone(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now, TODAY)
    office = who(medway, "dee", now)
    assert not access.one(office, conversation.public_id).for_today
    decided(medway, suggested(conversation)[0], now)
    assert access.one(office, conversation.public_id).for_today
    tomorrow = who(medway, "dee", now + timedelta(days=1))
    assert not access.one(tomorrow, conversation.public_id).for_today
    assert fresh(conversation).owner == medway.team["priya"]


def test_the_mark_stands_in_the_offices_list(both: tuple[Cast, Cast], now: datetime) -> None:
    here, other = both
    see(school_id=here.school.pk)
    conversation = writes(here, "ewa", "kuba", now, TODAY)
    tutor, _ = enter("priya", here, other)
    see(school_id=here.school.pk)
    one = suggested(conversation)[0]
    answer = tutor.post(
        f"/medway-green/suggestions/{one.public_id}/decision/", {"decision": "accepted"}
    )
    assert answer.status_code == 302 and conversation.page in answer["Location"]
    office, _ = enter("dee", here, other)
    page = office.get("/medway-green/to-answer/?whose=school").content.decode()
    assert "For today" in page
    assert "For today" in team_page(office, conversation)


def test_a_declined_suggestion_is_gone_and_marks_nothing(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now, TODAY)
    for one in suggested(conversation):
        decided(medway, one, now, accepted=False)
    (message, _) = access.messages_for_team(conversation)
    assert message.may_be_about == []
    assert not access.one(who(medway, "dee", now), conversation.public_id).for_today


def test_accepting_danger_leads_to_raising_it_with_the_messages_words(
    both: tuple[Cast, Cast], now: datetime
) -> None:
    here, other = both
    see(school_id=here.school.pk)
    conversation = writes(here, "ewa", "kuba", now, DANGER)
    tutor, _ = enter("priya", here, other)
    see(school_id=here.school.pk)
    one = suggested(conversation)[0]
    answer = tutor.post(
        f"/medway-green/suggestions/{one.public_id}/decision/",
        {"decision": "accepted"},
        follow=True,
    )
    page = answer.content.decode()
    assert "My husband hits me in front of the children." in page
    assert "Tell the safeguarding lead now" in page
    see(school_id=here.school.pk)
    assert not Content.objects.filter(purpose=Content.Purpose.ALERT).exists()
    assert {one.state for one in suggested(conversation) if one.kind == "danger"} == {"accepted"}


def test_both_decisions_about_danger_leave_the_same_entry_without_words(
    medway: Cast, now: datetime
) -> None:
    facts = []
    for accepted in (True, False):
        conversation = writes(medway, "ewa", "kuba", now, "My husband hits me.")
        decided(medway, suggested(conversation)[0], now, accepted)
        entry = Entry.objects.get(
            object_id=str(conversation.public_id), verb="decided on a suggestion"
        )
        facts.append(entry.facts)
    assert facts == [{"kind": "danger"}] * 2


def test_a_decision_for_today_is_in_the_ledger(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now, TODAY)
    decided(medway, suggested(conversation)[0], now)
    entry = Entry.objects.get(object_id=str(conversation.public_id), verb="decided on a suggestion")
    assert entry.facts == {"kind": "absence", "outcome": "accepted"}


def test_it_is_decided_once(medway: Cast, now: datetime) -> None:
    one = suggested(writes(medway, "ewa", "kuba", now, TODAY))[0]
    decided(medway, one, now)
    with pytest.raises(DecidedAlready, match="in the meantime"):
        decided(medway, one, now, accepted=False)


def test_the_database_refuses_a_decision_by_nobody(medway: Cast, now: datetime) -> None:
    one = suggested(writes(medway, "ewa", "kuba", now, TODAY))[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=one.pk).update(state="accepted")


@pytest.mark.parametrize("person", ["ewa", "nina", "lena", "grace"])
def test_who_may_not_see_the_conversation_does_not_find_the_suggestion(
    medway: Cast, now: datetime, person: str
) -> None:
    one = suggested(writes(medway, "ewa", "kuba", now, DANGER))[0]
    with pytest.raises(Http404):
        access.suggestion(who(medway, person, now), one.public_id)


@pytest.mark.parametrize("person", ["ewa", "nina", "other head", "other parent", "nobody"])
def test_an_outsider_decides_nothing_and_brings_no_message_along(
    both: tuple[Cast, Cast], now: datetime, person: str
) -> None:
    here, other = both
    see(school_id=here.school.pk)
    conversation = writes(here, "ewa", "kuba", now, DANGER)
    one = suggested(conversation)[0]
    client, _ = enter(person, here, other)
    answer = client.post(
        f"/medway-green/suggestions/{one.public_id}/decision/", {"decision": "accepted"}
    )
    assert answer.status_code in (302, 404)
    page = client.get(f"/medway-green/worried/?message={one.message.public_id}")
    assert "hits me" not in page.content.decode()
    see(school_id=here.school.pk)
    assert suggested(conversation)[0].state == "waiting"
