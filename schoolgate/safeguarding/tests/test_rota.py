"""The rota out of hours: what is open, that a gap alarms once, and what is accepted (13)."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import who
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions.watching_rota import accept_gap, open_gaps, set_turn
from schoolgate.safeguarding.errors import NotTheirs, ReasonMissing, WrongOrder
from schoolgate.safeguarding.models import Alert, OnCall, RotaGap
from schoolgate.safeguarding.rota import Stretch, gaps
from schoolgate.safeguarding.tests.acting import as_person, raises, rings
from schoolgate.school.calendars import safeguarding_calendar
from schoolgate.school.tenancy import see

DAY = timedelta(days=1)


def on_call(cast: Cast, key: str, first: datetime, last: datetime, at: datetime) -> OnCall:
    """Helen puts somebody on call."""
    as_person(cast, "helen")
    return set_turn(
        who=who(cast, "helen", at), member=cast.team[key], from_at=first, until_at=last, at=at
    )


def test_every_night_and_the_weekend_are_open_where_nobody_is_down(
    medway: Cast, now: datetime
) -> None:
    found = gaps(safeguarding_calendar(medway.school), [], now)
    assert len(found) == 5  # four nights and the weekend
    assert found[0] == Stretch(
        datetime(2026, 11, 23, 18, tzinfo=UTC), datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    )


def test_a_turn_leaves_what_it_does_not_cover(medway: Cast, now: datetime) -> None:
    turn = Stretch(now, now + timedelta(hours=12))
    found = gaps(safeguarding_calendar(medway.school), [turn], now)
    assert found[0].begins == turn.ends
    assert found[0].ends == datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


def test_a_gap_that_has_begun_stays_the_same_gap(medway: Cast, now: datetime) -> None:
    calendar = safeguarding_calendar(medway.school)
    at = now.replace(hour=19)
    assert gaps(calendar, [], at)[0] == gaps(calendar, [], at + timedelta(hours=5))[0]


def test_a_whole_holiday_is_one_gap(medway: Cast, now: datetime) -> None:
    at = datetime(2026, 12, 24, 12, tzinfo=UTC)
    (found,) = gaps(safeguarding_calendar(medway.school), [], at)
    assert found.begins == datetime(2026, 12, 18, 18, tzinfo=UTC)


def test_where_there_is_no_rota_nothing_alarms(medway: Cast, now: datetime) -> None:
    assert rings(medway, now) == []
    assert not RotaGap.objects.exists()


def test_a_gap_alarms_the_lead_and_the_head_once(medway: Cast, now: datetime) -> None:
    on_call(medway, "sam", now, now + 4 * DAY, now)
    heard = {one.to.partition("@")[0] for one in rings(medway, now)}
    assert heard == {"helen", "ruth"}
    assert rings(medway, now + timedelta(hours=1)) == []
    assert RotaGap.objects.count() == 1  # the weekend


def test_a_gap_that_is_filled_is_gone_and_opens_again_without_a_second_alarm(
    medway: Cast, now: datetime
) -> None:
    turn = on_call(medway, "sam", now, now + 30 * DAY, now)
    assert open_gaps(medway.school, now) == []
    as_person(medway, "helen")
    OnCall.objects.filter(pk=turn.pk).update(until_at=now + 2 * DAY)
    assert len(rings(medway, now)) == 2
    OnCall.objects.filter(pk=turn.pk).update(until_at=now + 30 * DAY)
    rings(medway, now)
    assert open_gaps(medway.school, now) == []
    OnCall.objects.filter(pk=turn.pk).update(until_at=now + 2 * DAY)
    assert rings(medway, now) == []
    assert open_gaps(medway.school, now)


def test_a_gap_is_accepted_with_a_reason_alone(medway: Cast, now: datetime) -> None:
    on_call(medway, "sam", now, now + 2 * DAY, now)
    gap, helen = open_gaps(medway.school, now)[0], who(medway, "helen", now)
    with pytest.raises(ReasonMissing):
        accept_gap(who=helen, gap=gap, because=" ", at=now)
    accept_gap(who=helen, gap=gap, because="Nobody is left.", at=now)
    gap.refresh_from_db()
    assert (gap.accepted_by, gap.accepted_because) == (medway.team["helen"], "Nobody is left.")


def test_only_who_holds_a_role_is_on_call_and_in_order(medway: Cast, now: datetime) -> None:
    with pytest.raises(NotTheirs):
        on_call(medway, "priya", now, now + DAY, now)
    with pytest.raises(WrongOrder):
        on_call(medway, "sam", now, now, now)


def test_whoever_is_on_call_out_of_hours_is_told_so(medway: Cast, now: datetime) -> None:
    night = now.replace(hour=22)
    on_call(medway, "sam", now, now + 30 * DAY, now)
    raises(medway, "ewa", night)
    letters = rings(medway, night)
    said = {one.to.partition("@")[0]: "on call" in one.words.text for one in letters}
    assert said == {"helen": False, "ruth": False, "sam": True}


def test_in_hours_nobody_is_told_that_they_are_on_call(medway: Cast, now: datetime) -> None:
    on_call(medway, "sam", now, now + 30 * DAY, now)
    raises(medway, "ewa", now)
    assert not any("on call" in one.words.text for one in rings(medway, now))


def test_the_page_keeps_turns_and_accepts_gaps(medway: Cast) -> None:
    helen, _ = enter("helen", medway, medway)
    page = "/medway-green/sealed/rota/"
    at = timezone.now()
    form = {
        "member": str(medway.team["sam"].public_id),
        "from_at": (at - DAY).strftime("%Y-%m-%dT%H:%M"),
        "until_at": (at + DAY).strftime("%Y-%m-%dT%H:%M"),
    }
    assert helen.post(page, form).status_code == 302
    assert "Sam Birch" in helen.get(page).content.decode()
    assert helen.post(page, {**form, "until_at": form["from_at"]}).status_code == 422
    see(school_id=medway.school.pk)
    gap = RotaGap.objects.first()
    assert gap is not None
    helen.post(f"{page}gaps/{gap.pk}/", {"words": "Short of people."})
    assert "Short of people." in helen.get(page).content.decode()
    turn = OnCall.objects.get()
    assert helen.post(f"{page}{turn.public_id}/withdrawal/").status_code == 302
    as_person(medway, "helen")
    assert OnCall.objects.get().withdrawn_at is not None
    assert Alert.objects.filter(gap__isnull=False).exists()
