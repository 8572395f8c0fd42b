"""Who sees which conversation; two separated parents never see each other's."""

from datetime import datetime

import pytest
from django.http import Http404

from schoolgate.conversations import access
from schoolgate.conversations.tests.acting import actor_of, who, writes
from schoolgate.people.actions.ending import end_access
from schoolgate.people.actions.limits import begin_limit, lift_limit
from schoolgate.people.models import Limit, Link, Receives
from schoolgate.rehearsal.cast import Cast

SEES = {
    "ewa": True,
    "piotr": False,
    "nina": False,
    "priya": True,
    "dee": True,
    "lena": False,
    "andy": False,
    "joan": True,
    "tom": True,
    "ruth": True,
    "helen": True,
    "sam": True,
    "grace": False,
}


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("key", SEES)
def test_a_conversation_is_seen_by_those_who_need_to_know(
    medway: Cast, now: datetime, key: str
) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    seen = access.visible_to(who(medway, key, now)).filter(pk=conversation.pk).exists()
    assert seen is SEES[key]


@pytest.mark.clause("2.2-T5")
def test_separated_parents_have_threads_of_their_own(medway: Cast, now: datetime) -> None:
    hers, his = writes(medway, "hannah", "ivy", now), writes(medway, "gareth", "ivy", now)
    assert set(access.visible_to(who(medway, "hannah", now))) == {hers}
    assert set(access.visible_to(who(medway, "gareth", now))) == {his}


def test_a_complaint_is_not_seen_by_the_childs_tutor_or_the_office(
    medway: Cast, now: datetime
) -> None:
    complaint = writes(medway, "ewa", "kuba", now, kind="complaint")
    for key in ("priya", "dee", "joan"):
        assert complaint not in access.visible_to(who(medway, key, now))
    assert complaint in access.visible_to(who(medway, "tom", now))


def test_a_thread_closes_to_a_carer_at_the_moment_an_order_begins(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "gareth", "ivy", now)
    link = Link.objects.get(carer=medway.carers["gareth"], pupil=medway.children["ivy"])
    begin_limit(
        actor=actor_of(medway, "ruth"), link=link, at_most=Receives.NOTHING, says="order", at=now
    )
    with pytest.raises(Http404):
        access.one_as_carer(who(medway, "gareth", now), conversation.public_id)


def test_the_end_date_of_an_order_widens_nothing_until_somebody_decides(
    medway: Cast, now: datetime
) -> None:
    later = datetime.fromisoformat("2027-06-01T10:00:00+00:00")
    piotr = who(medway, "piotr", later)
    assert not access.visible_to(piotr).exists()
    limit = Limit.objects.get(link__carer=medway.carers["piotr"])
    assert limit.ends_on and limit.ends_on < later.date()
    with pytest.raises(Http404):
        access.one_as_carer(piotr, writes(medway, "ewa", "kuba", now).public_id)
    lift_limit(
        actor=actor_of(medway, "ruth"),
        decided_by=medway.team["ruth"],
        limit=limit,
        because="The court has ended it.",
        at=later,
    )
    assert writes(medway, "piotr", "kuba", later) in access.visible_to(piotr)


@pytest.mark.clause("1.1-P9")
def test_ending_access_moves_the_work_in_the_same_step(medway: Cast, now: datetime) -> None:
    conversation = writes(medway, "jo", "leo", now)
    assert conversation.owner == medway.team["andy"]
    end_access(actor=actor_of(medway, "ruth"), member=medway.team["andy"], at=now)
    conversation.refresh_from_db()
    assert conversation.owner == medway.team["tom"]
    assert conversation not in access.visible_to(who(medway, "andy", now)).filter(owner=None)


def test_with_neither_cover_nor_leader_the_work_goes_to_the_office(
    medway: Cast, now: datetime
) -> None:
    andy = medway.team["andy"]
    andy.line_leader = None
    andy.save()
    conversation = writes(medway, "jo", "leo", now)
    end_access(actor=actor_of(medway, "ruth"), member=andy, at=now)
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.queue) == (None, "office")
