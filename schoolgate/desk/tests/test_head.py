"""The head's page: what is late, at risk, asked of them, not seen; in order of time alone."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from house_rules.entering import PEOPLE, enter
from schoolgate.conversations.tests.acting import fresh, who, writes
from schoolgate.desk.head import head_page
from schoolgate.escalation.actions.climbing import climb_due
from schoolgate.escalation.tests.acting import asks, is_away
from schoolgate.incidents.tests.acting import tells, writes_down
from schoolgate.people.models import RoleHolding
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def page(cast: Cast, at: datetime, key: str = "ruth") -> dict[str, object]:
    """What somebody's page shows at a moment."""
    return head_page(who(cast, key, at))


def whys(cast: Cast, at: datetime, part: str = "coming") -> list[tuple[str, str]]:
    """The lines of a part: about what, and why they are there."""
    return [(line.about, line.why) for line in page(cast, at)[part]]  # type: ignore[attr-defined]


@pytest.mark.clause("2.2-H2")
def test_what_is_at_risk_and_late_stands_there_in_order_of_time(
    medway: Cast, now: datetime
) -> None:
    writes(medway, "nina", "noah", now + HOUR, subject="Second")
    writes(medway, "ewa", "kuba", now, subject="First")
    assert whys(medway, now + 2 * HOUR) == []
    at_risk = whys(medway, now + 23 * HOUR)
    assert [about for about, _ in at_risk] == ["First", "Second"]
    assert all("At risk" in why for _, why in at_risk)
    late = whys(medway, now + DAY + 2 * HOUR, "late")
    assert [about for about, _ in late] == ["First", "Second"]
    assert all("Past the time we gave" in why for _, why in late)


@pytest.mark.clause("2.2-H3")
def test_what_was_asked_of_the_head_says_by_when_and_the_literal_end(
    medway: Cast, now: datetime
) -> None:
    thread = writes(medway, "ewa", "kuba", now, subject="The trip")
    asks(medway, "ewa", thread, now)
    ((about, why),) = whys(medway, now + HOUR)
    assert about == "The trip" and why.startswith("Asked for you, Monday 23 November, 10:00.")
    assert "24 hours on the clock end Tuesday 24 November, 10:00." in why
    climb_due(school=medway.school, at=now + 25 * HOUR)
    ((_, why),) = whys(medway, now + 25 * HOUR, "late")
    assert "ended Tuesday 24 November, 10:00: not kept." in why


def test_a_thread_about_the_head_is_on_no_line_of_theirs(medway: Cast, now: datetime) -> None:
    thread = writes(medway, "ewa", "kuba", now)
    asks(medway, "ewa", thread, now, about="ruth")
    at = now + 3 * DAY
    shown = [about for part in ("late", "coming") for about, _ in whys(medway, at, part)]
    assert len(shown) == 1, "The first thread alone."


def test_who_covers_whom_and_who_if_that_fails(medway: Cast, now: datetime) -> None:
    is_away(medway, "priya", now, until=now + DAY)
    is_away(medway, "tom", now + DAY, recorded=now, until=now + 2 * DAY)
    covers = page(medway, now + HOUR)["covers"]
    shown = [(one.away.name, one.begun, one.now, one.then) for one in covers]  # type: ignore[attr-defined]
    assert shown == [
        ("Priya Nair", True, "Sam Birch", ["Tom Ashdown", "The office"]),
        ("Tom Ashdown", False, "Ruth Calloway", ["The office"]),
    ]


@pytest.fixture
def here(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """A school where a family has waited for long."""
    see(school_id=medway.school.pk)
    writes(medway, "ewa", "kuba", timezone.now() - 60 * DAY, subject="The lunch box")
    return medway, trent


def test_it_opens_for_leaders_alone_and_shows_nobody_ranked(here: tuple[Cast, Cast]) -> None:
    for person in PEOPLE:
        client, _ = enter(person, *here)
        answer = client.get("/medway-green/head/")
        expected = 200 if person in {"ruth", "tom"} else 302 if person == "nobody" else 404
        assert answer.status_code == expected, person
        if expected == 200:
            text = answer.content.decode()
            assert "The lunch box" in text and "Who covers whom" in text
            assert "Nobody is ranked" in text and "Answered, to the family’s mind" in text


def test_one_press_takes_it_or_asks_family_liaison(here: tuple[Cast, Cast]) -> None:
    medway, _ = here
    client, _ = enter("ruth", *here)
    see(school_id=medway.school.pk)
    thread = fresh(next(iter(medway.carers["ewa"].conversations.all())))
    address = f"/medway-green/head/{thread.public_id}/liaison/"
    assert client.post(address).status_code == 404, "There is no family liaison."
    assert "Ask family liaison" not in client.get("/medway-green/head/").content.decode()
    see(school_id=medway.school.pk)
    RoleHolding.objects.create(
        school=medway.school,
        member=medway.team["dee"],
        role="family_liaison",
        since=timezone.now() - DAY,
    )
    assert "Ask family liaison" in client.get("/medway-green/head/").content.decode()
    due = thread.due_at
    assert client.post(address).status_code == 302
    see(school_id=medway.school.pk)
    after = fresh(thread)
    assert (after.owner, after.due_at) == (medway.team["dee"], due)
    client.post(f"{thread.page}taking/")
    see(school_id=medway.school.pk)
    assert fresh(thread).owner == medway.team["ruth"]


def test_the_side_bar_leads_there(here: tuple[Cast, Cast]) -> None:
    text = enter("ruth", *here)[0].get("/medway-green/to-answer/").content.decode()
    assert 'href="/medway-green/head/"' in text
    text = enter("priya", *here)[0].get("/medway-green/to-answer/").content.decode()
    assert 'href="/medway-green/head/"' not in text


def test_what_must_be_told_today_and_is_not_stands_there_until_it_is(
    medway: Cast, now: datetime
) -> None:
    incident = writes_down(medway, "priya", "kuba", now)
    assert whys(medway, now) == [("To be told today", "Somebody entitled has not been told yet.")]
    tells(medway, "priya", incident, now)
    assert whys(medway, now) == []
