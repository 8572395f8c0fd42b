"""What the clock does with complaints, and with what is about the office."""

from datetime import datetime, timedelta

from schoolgate.conversations.actions.receiving import About, Words, start
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import actor_of, fresh, writes
from schoolgate.delivery.models import Parcel
from schoolgate.escalation.actions.climbing import climb_due
from schoolgate.people.models import Carer, RoleHolding, TeamMember
from schoolgate.rehearsal.cast import Cast


def test_a_late_complaint_without_cover_goes_to_the_leaders_and_never_to_the_office(
    medway: Cast, now: datetime
) -> None:
    complaint = writes(medway, "ewa", "kuba", now, kind="complaint")
    ordinary = writes(medway, "ewa", "kuba", now)
    andy = medway.team["andy"]
    TeamMember.objects.filter(pk=andy.pk).update(cover=None, line_leader=None)
    both = Conversation.objects.filter(pk__in=[complaint.pk, ordinary.pk])
    both.update(owner=andy, queue="")
    due = fresh(complaint).due_at
    assert due is not None
    climb_due(school=medway.school, at=due + timedelta(minutes=1))
    assert (fresh(complaint).owner, fresh(complaint).queue) == (None, "complaints")
    assert (fresh(ordinary).owner, fresh(ordinary).queue) == (None, "office")


def test_nobody_of_the_office_hears_that_a_complaint_about_it_is_late(
    medway: Cast, now: datetime
) -> None:
    tom = medway.team["tom"]
    RoleHolding.objects.create(
        school=medway.school, member=tom, role="office", since=now - timedelta(days=30)
    )
    complaint = start(
        actor=actor_of(medway, "ewa"),
        carer=medway.carers["ewa"],
        pupil=medway.children["kuba"],
        words=Words(body="The office lost my form.", at=now),
        kind=Conversation.Kind.COMPLAINT,
        about=About(office=True),
    )
    due = fresh(complaint).due_at
    assert due is not None
    climb_due(school=medway.school, at=due - timedelta(minutes=1))
    climb_due(school=medway.school, at=due + timedelta(days=3))
    told = set(Parcel.objects.filter(member__isnull=False).values_list("member", flat=True))
    assert medway.team["ruth"].pk in told and tom.pk not in told
    assert fresh(complaint).owner != tom


def test_where_a_colleague_is_the_childs_adult_the_others_still_hear_that_it_is_late(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "ewa", "kuba", now)
    dee = medway.team["dee"]
    Carer.objects.filter(pk=medway.carers["piotr"].pk).update(user_id=dee.user_id)
    due = fresh(conversation).due_at
    assert due is not None
    climb_due(school=medway.school, at=due - timedelta(minutes=1))
    told = set(Parcel.objects.filter(member__isnull=False).values_list("member", flat=True))
    assert medway.team["priya"].pk in told and dee.pk not in told
