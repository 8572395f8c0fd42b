"""The doors of decision 21: each keeps its kind, its list, its count, its clock, and who has it."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations import access
from schoolgate.conversations.actions.handing_over import hand_over
from schoolgate.conversations.actions.receiving import About, Words, start
from schoolgate.conversations.actions.separating import separate
from schoolgate.conversations.errors import AboutThem, NobodyElse
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import OFFICE, Owner, owner_name
from schoolgate.conversations.tests.acting import actor_of, fresh, who, writes, writes_again
from schoolgate.people.actions.ending import end_access
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.rehearsal.cast import Cast


def complains(medway: Cast, at: datetime, *, about: str = "", office: bool = False) -> Conversation:
    """A mother complains, about somebody who works here or about the office."""
    return start(
        actor=actor_of(medway, "ewa"),
        carer=medway.carers["ewa"],
        pupil=medway.children["kuba"],
        words=Words(body="Nobody rang me back.", at=at),
        kind=Conversation.Kind.COMPLAINT,
        about=About(medway.team[about] if about else None, office=office),
    )


def also(medway: Cast, key: str, role: str, at: datetime) -> None:
    """A colleague holds one more role."""
    RoleHolding.objects.create(
        school=medway.school, member=medway.team[key], role=role, since=at - timedelta(days=30)
    )


def seen_by(medway: Cast, key: str, at: datetime) -> set[Conversation]:
    return set(access.visible_to(who(medway, key, at)))


@pytest.mark.clause("3.0-P5")
def test_a_complaint_whose_leader_leaves_is_with_the_leaders_and_never_with_the_office(
    medway: Cast, now: datetime
) -> None:
    complaint = complains(medway, now)
    tom = medway.team["tom"]
    Conversation.objects.filter(pk=complaint.pk).update(owner=tom, queue="")
    TeamMember.objects.filter(pk=tom.pk).update(cover=None, line_leader=None)
    tom.refresh_from_db()
    end_access(actor=actor_of(medway, "ruth"), member=tom, at=now)
    assert (fresh(complaint).owner, fresh(complaint).queue) == (None, "complaints")
    assert "A school leader has your message now" in complaint.messages.latest("pk").body
    assert complaint not in seen_by(medway, "joan", now)


def test_a_complaint_that_is_handed_to_nobody_in_particular_goes_to_the_leaders(
    medway: Cast, now: datetime
) -> None:
    complaint = complains(medway, now)
    hand_over(actor=actor_of(medway, "ruth"), conversation=complaint, to=OFFICE, summary="", at=now)
    assert fresh(complaint).queue == "complaints"


@pytest.mark.clause("2.2-T5", "3.0-P5")
def test_a_complaint_about_the_office_is_read_and_had_by_nobody_of_the_office(
    medway: Cast, now: datetime
) -> None:
    also(medway, "tom", "office", now)
    complaint = complains(medway, now, office=True)
    assert owner_name(complaint) == "A school leader"
    for key in ("joan", "tom", "priya"):
        assert complaint not in seen_by(medway, key, now)
    assert complaint in seen_by(medway, "ruth", now)
    for key in ("joan", "tom"):
        with pytest.raises(AboutThem):
            hand_over(
                actor=actor_of(medway, "ruth"),
                conversation=complaint,
                to=Owner(member=medway.team[key]),
                summary="",
                at=now,
            )


def test_who_left_the_office_after_a_complaint_about_it_does_not_read_it_then(
    medway: Cast, now: datetime
) -> None:
    also(medway, "tom", "office", now)
    complaint = complains(medway, now, office=True)
    RoleHolding.objects.filter(member=medway.team["tom"], role="office").update(
        until=now + timedelta(hours=1)
    )
    assert complaint not in seen_by(medway, "tom", now + timedelta(days=1))
    later = complains(medway, now + timedelta(hours=2), office=True)
    assert later in seen_by(medway, "tom", now + timedelta(days=1))


def test_a_head_who_runs_the_office_too_still_has_the_complaint(
    medway: Cast, now: datetime
) -> None:
    also(medway, "ruth", "office", now)
    assert complains(medway, now, office=True) in seen_by(medway, "ruth", now)


def test_a_complaint_about_every_leader_goes_above_them_and_is_refused_where_nobody_is(
    medway: Cast, now: datetime
) -> None:
    RoleHolding.objects.filter(role="assistant_head").update(until=now - timedelta(days=1))
    complaint = complains(medway, now, about="ruth")
    assert complaint.owner == medway.team["grace"]
    assert complaint not in seen_by(medway, "ruth", now)
    RoleHolding.objects.filter(role="group_lead").update(until=now - timedelta(days=1))
    with pytest.raises(NobodyElse, match="by letter or by phone"):
        complains(medway, now, about="ruth")


def test_what_is_separated_from_a_complaint_stays_kept_from_whom_it_is_about(
    medway: Cast, now: datetime
) -> None:
    also(medway, "tom", "office", now)
    complaint = complains(medway, now, about="priya", office=True)
    more = writes_again(medway, complaint, now + timedelta(minutes=5))
    new = separate(
        actor=actor_of(medway, "ruth"),
        conversation=complaint,
        chosen=[more.public_id],
        pupil=medway.children["kuba"],
        subject="The other thing",
        at=now + timedelta(hours=1),
    )
    assert (new.kind, new.about_office, new.about_member) == (
        "complaint",
        True,
        medway.team["priya"],
    )
    assert not {complaint, new} & seen_by(medway, "tom", now)
    assert not {complaint, new} & seen_by(medway, "priya", now)


def test_every_door_keeps_the_clock_of_a_reply(medway: Cast, now: datetime) -> None:
    for kind in ("complaint", "help", "meeting", "policy"):
        assert fresh(writes(medway, "ewa", "kuba", now, kind=kind)).due_at == now + timedelta(
            days=1
        )
