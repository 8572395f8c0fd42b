"""A part-time week: chosen from the school's own, kept with the colleague, and back again."""

from datetime import datetime

import pytest

from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.desk.team_forms import ChangeMember
from schoolgate.people.actions.changing import change_member
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import not_in_before
from schoolgate.rehearsal.cast import Cast

MORNINGS = '\n[part_time.mornings]\nmon = ["08:00-12:00"]\nthu = ["08:00-12:00"]\n'


@pytest.mark.parametrize(
    ("chosen", "works"),
    [("mornings", {"mon": ["08:00-12:00"], "thu": ["08:00-12:00"]}), ("", {})],
)
def test_the_office_chooses_one_of_the_schools_weeks(
    medway: Cast, now: datetime, chosen: str, works: dict[str, list[str]]
) -> None:
    medway.school.settings_text += MORNINGS
    medway.school.save()
    asks, priya = who(medway, "joan", now), medway.team["priya"]
    form = ChangeMember({"name": priya.name, "week": chosen}, who=asks, member=priya)
    assert form.is_valid(), form.errors
    change_member(
        actor=actor_of(medway, "joan"),
        member=priya,
        to=form.details(),
        may_give=frozenset({"tutor", "head"}),
        at=now,
    )
    assert TeamMember.objects.get(pk=priya.pk).works == works


def test_a_week_that_no_file_names_stays_as_it_is(medway: Cast, now: datetime) -> None:
    priya = medway.team["priya"]
    priya.works = {"tue": ["09:00-11:00"]}
    form = ChangeMember(
        {"name": priya.name, "week": "own"}, who=who(medway, "joan", now), member=priya
    )
    assert form.is_valid() and form.details().works == priya.works


def test_who_is_off_today_is_not_in_before_their_next_day(medway: Cast, now: datetime) -> None:
    priya = medway.team["priya"]
    TeamMember.objects.filter(pk=priya.pk).update(works={"wed": ["08:00-12:00"]})
    back = not_in_before(medway.school, now)
    assert list(back) == [priya.pk]
    assert back[priya.pk].isoformat() == "2026-11-25T08:00:00+00:00"
