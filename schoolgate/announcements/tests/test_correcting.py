"""A correction goes to exactly those who have the wrong version, and says so."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolgate.announcements.actions.correcting import correct
from schoolgate.announcements.actions.drafting import Words
from schoolgate.announcements.actions.publishing import publish
from schoolgate.announcements.actions.sending import UNDO
from schoolgate.announcements.audience import recipients_of
from schoolgate.announcements.errors import NotFromHere, ReasonMissing
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.tests.announcing import (
    fresh,
    goes_out,
    people,
    rows,
    sends,
    to_all,
    to_group,
)
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.models import Parcel
from schoolgate.people.models import Carer, Link
from schoolgate.rehearsal.cast import Cast

STATES = st.sampled_from([state.value for state in Parcel.State])


def corrects(medway: Cast, key: str, wrong: Announcement, at: datetime) -> Announcement:
    """Somebody writes what is right."""
    return correct(
        actor=actor_of(medway, key),
        author=medway.team[key],
        wrong=wrong,
        words=Words(subject="Wellies on Thursday", text="It is Thursday."),
        what_was_wrong="The day.",
        at=at,
    )


def test_who_has_the_wrong_one_gets_the_right_one_and_reads_what_was_wrong(
    medway: Cast, now: datetime
) -> None:
    wrong = goes_out(medway, "priya", now, to_group(medway, "Oak"))
    Parcel.objects.filter(
        content=wrong.content, carer=medway.carers["ewa"], channel="email"
    ).update(state="sent")
    later = now + timedelta(hours=1)
    made = corrects(medway, "priya", wrong, later)
    emails = {name: state for name, channel, state in rows(wrong) if channel == "email"}
    assert emails.pop("Ewa") == "sent" and set(emails.values()) == {"taken back"}
    late = Carer.objects.create(school=medway.school, name="Late Reed", called="Late")
    Link.objects.create(
        school=medway.school, pupil=medway.children["noah"], carer=late, relationship="aunt"
    )
    Link.objects.filter(carer=medway.carers["obi"]).update(ended_at=later)
    sends(medway, "priya", made, later)
    publish(school=medway.school, number=made.pk, at=later + UNDO)
    right = fresh(made)
    assert people(right) == people(wrong) - {"Chidi"}
    assert right.content.subject == "Correction: Wellies on Thursday"
    assert "The day." in right.content.text and "Wellies on Friday" in right.content.text
    assert fresh(wrong).state == "corrected"


def test_a_correction_says_what_was_wrong_and_is_made_once(medway: Cast, now: datetime) -> None:
    wrong = goes_out(medway, "priya", now, to_group(medway, "Oak"))
    with pytest.raises(ReasonMissing):
        correct(
            actor=actor_of(medway, "priya"),
            author=medway.team["priya"],
            wrong=wrong,
            words=Words(),
            what_was_wrong=" ",
            at=now,
        )
    corrects(medway, "priya", wrong, now)
    with pytest.raises(NotFromHere):
        corrects(medway, "priya", fresh(wrong), now)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(states=st.lists(st.tuples(STATES, STATES), min_size=11, max_size=11), data=st.data())
def test_whatever_became_of_its_rows_exactly_those_who_got_it_and_still_may_are_written_to(
    medway: Cast, now: datetime, states: list[tuple[str, str]], data: st.DataObject
) -> None:
    Link.objects.update(ended_at=None)
    wrong = goes_out(medway, "joan", now, to_all(), text=f"Wrong {data.draw(st.uuids())}")
    carers = sorted(Parcel.objects.filter(content=wrong.content).values_list("carer", flat=True))
    got = set()
    for carer, (portal, email) in zip(dict.fromkeys(carers), states, strict=False):
        mine = Parcel.objects.filter(content=wrong.content, carer=carer)
        mine.filter(channel="portal").update(state=portal)
        has_email = mine.filter(channel="email").update(state=email)
        has = {portal} | ({email} if has_email else set())
        if has & {"sent", "claimed", "handed off"}:
            got.add(carer)
    gone = data.draw(st.sets(st.sampled_from(sorted(set(carers)))))
    Link.objects.filter(carer__in=gone).update(ended_at=now)
    made = corrects(medway, "joan", wrong, now)
    assert {one.carer for one in recipients_of(made, now)} == got - gone
    left = Parcel.objects.filter(content=wrong.content, state__in=["waiting", "gathered", "owed"])
    assert not left.exists()
