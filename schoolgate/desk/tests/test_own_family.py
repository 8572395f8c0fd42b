"""A colleague who is an adult of a child sees nothing of that child's other adults (threat T19)."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.announcements import access as announcements
from schoolgate.conversations import access as conversations
from schoolgate.conversations.actions.handing_over import hand_over
from schoolgate.conversations.errors import AboutThem
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.routing import Owner, first_owner, kept_from, present
from schoolgate.conversations.tests.acting import who, writes
from schoolgate.desk import lists
from schoolgate.escalation.actions.taking_further import Ask, Step, ask_the_head, take_further
from schoolgate.escalation.ladder import team_at
from schoolgate.inbound import access as tray
from schoolgate.inbound.tests.taking import in_tray
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, Link
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see
from schoolgate.today import access as today
from schoolgate.today.models import Matter

HOUR = timedelta(hours=1)
# Whoever of the team would see the matter by their role, and is made Piotr, Kuba's other adult.
BY_ROLE = ("priya", "lena", "joan", "tom", "ruth", "helen", "sam")


def becomes_piotr(cast: Cast, key: str, at: datetime, *, link: str = "stands") -> None:
    """Somebody of the team is Kuba's father; his link stands, has ended, or gives him nothing."""
    piotr = cast.carers["piotr"]
    Carer.objects.filter(pk=piotr.pk).update(user_id=cast.user_id(key))
    links = Link.objects.filter(carer=piotr)
    if link == "ended":
        links.update(ended_at=at - HOUR)
    if link == "nothing":
        links.update(receives=0)


@pytest.mark.parametrize("key", BY_ROLE)
@pytest.mark.parametrize("link", ["stands", "ended", "nothing"])
def test_as_staff_they_read_no_thread_of_the_other_adult(
    medway: Cast, now: datetime, key: str, link: str
) -> None:
    conversation = writes(medway, "ewa", "kuba", now - HOUR, body="The lunch box is lost.")
    becomes_piotr(medway, key, now, link=link)
    person = who(medway, key, now)
    assert not conversations.visible_to(person).filter(pk=conversation.pk).exists()
    found = [one.pk for one in lists.search(person, "lunch")]
    assert conversation.pk not in found
    assert conversation.pk not in [one.pk for one in lists.search(person, "Kuba")]


@pytest.mark.parametrize("key", BY_ROLE)
def test_nor_one_about_a_sister_or_about_no_child(medway: Cast, now: datetime, key: str) -> None:
    rows = [writes(medway, "ewa", "kuba", now - HOUR, subject="About nobody")]
    Conversation.objects.filter(pk=rows[0].pk).update(pupil=None)
    becomes_piotr(medway, key, now)
    assert not conversations.visible_to(who(medway, key, now)).filter(pk=rows[0].pk).exists()


def test_other_families_they_go_on_serving(medway: Cast, now: datetime) -> None:
    other = writes(medway, "nina", "noah", now - HOUR)
    becomes_piotr(medway, "joan", now)
    assert conversations.visible_to(who(medway, "joan", now)).filter(pk=other.pk).exists()


def test_as_a_parent_they_have_their_own_threads(medway: Cast, now: datetime) -> None:
    own = writes(medway, "piotr", None, now - HOUR)
    becomes_piotr(medway, "joan", now)
    person = replace(who(medway, "joan", now), carer=medway.carers["piotr"])
    assert conversations.visible_to_carer(person).filter(pk=own.pk).exists()
    assert not conversations.visible_to(person).filter(pk=own.pk).exists()


@pytest.mark.parametrize("key", ["joan", "tom", "ruth"])
def test_nor_what_lies_in_the_tray_or_is_for_today(medway: Cast, key: str) -> None:
    at = timezone.now()
    item = in_tray(medway, "who@example.net", at=at, subject="Bus")
    item.carer = medway.carers["ewa"]
    item.save(update_fields=["carer"])
    matter = Matter.objects.create(
        school=medway.school, pupil=medway.children["kuba"], carer=medway.carers["ewa"],
        kind="absence", chosen="wording", channel="tray", day=at.date(), came_at=at, due_at=at,
        head_at=at, tray=item.public_id,
    )  # fmt: skip
    person = who(medway, key, at)
    assert tray.waiting(person).filter(pk=item.pk).exists()
    assert today.visible_to(person).filter(pk=matter.pk).exists()
    becomes_piotr(medway, key, at)
    person = who(medway, key, at)
    assert not tray.waiting(person).filter(pk=item.pk).exists()
    assert not today.visible_to(person).filter(pk=matter.pk).exists()


@pytest.mark.parametrize("key", ["joan", "ruth"])
def test_nor_an_answer_to_an_announcement(medway: Cast, now: datetime, key: str) -> None:
    before = announcements.children_seen(who(medway, key, now))
    assert before is None or medway.children["kuba"].pk in before
    becomes_piotr(medway, key, now)
    seen = announcements.children_seen(who(medway, key, now))
    assert seen is not None
    assert medway.children["kuba"].pk not in seen and medway.children["ivy"].pk in seen


@pytest.mark.parametrize("key", ["joan", "ruth", "priya"])
def test_the_page_of_such_a_thread_is_not_there(medway: Cast, key: str) -> None:
    at = timezone.now()
    conversation = writes(medway, "ewa", "kuba", at - HOUR)
    page = f"/medway-green/conversations/{conversation.public_id}/"
    becomes_piotr(medway, key, at)
    client, _ = enter(key, medway, medway)
    assert client.get(page).status_code == 404
    message = Message.objects.filter(conversation=conversation).first()
    assert message is not None
    chosen = f"/medway-green/for-today/messages/{message.public_id}/"
    assert client.get(chosen).status_code == 404


def test_a_tutor_who_is_the_father_is_given_nothing_of_the_mother(
    medway: Cast, now: datetime
) -> None:
    tutor = medway.children["kuba"].tutor_group.tutor
    key = next(one for one, member in medway.team.items() if member == tutor)
    assert first_owner(kind="ordinary", topic="", pupil=medway.children["kuba"], at=now) == Owner(
        member=tutor
    )
    becomes_piotr(medway, key, now)
    owner = first_owner(kind="ordinary", topic="", pupil=medway.children["kuba"], at=now)
    assert owner.member != tutor


def test_nobody_hands_it_to_them_and_no_cover_moves_it_there(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now - HOUR)
    becomes_piotr(medway, "joan", now)
    joan = medway.team["joan"]
    with pytest.raises(AboutThem):
        hand_over(
            actor=Actor("team", medway.team["ruth"].pk, "Ruth"), conversation=conversation,
            to=Owner(member=joan), summary="", at=now,
        )  # fmt: skip
    assert kept_from(conversation) == {joan}
    assert present(joan, now, never=kept_from(conversation)).member != joan


def test_a_head_who_is_the_father_is_not_whom_the_mother_reaches(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "ewa", "kuba", now - HOUR)
    becomes_piotr(medway, "ruth", now)
    raised = ask_the_head(
        actor=Actor("carer", medway.carers["ewa"].pk, "Ewa"),
        carer=medway.carers["ewa"],
        conversation=conversation,
        ask=Ask(words="Please."),
        at=now,
    )
    assert raised.holder != medway.team["ruth"]


def test_nor_is_such_a_leader_on_the_way_up(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "ewa", "kuba", now - HOUR)
    becomes_piotr(medway, "tom", now)
    raised = take_further(
        actor=Actor("team", medway.team["priya"].pk, "Priya"),
        member=medway.team["priya"],
        conversation=conversation,
        to=Step(),
        at=now,
    )
    assert raised.holder != medway.team["tom"]
    above = team_at(medway.school, now).above(None, never=kept_from(conversation))
    assert medway.team["tom"] not in [one.member for one in above]


def test_an_outsider_sees_none_of_it_in_any_case(medway: Cast, trent: Cast, now: datetime) -> None:
    see(school_id=medway.school.pk)
    conversation = writes(medway, "ewa", "kuba", now - HOUR)
    marcus = who(trent, "marcus", now)
    see(school_id=medway.school.pk)
    assert not conversations.visible_to(marcus).filter(pk=conversation.pk).exists()
