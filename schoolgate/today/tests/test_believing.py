"""By what nobody can prove to be the family's nothing is done, until somebody has rung them."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.actions.suggesting import decide
from schoolgate.conversations.models import Suggestion
from schoolgate.conversations.tests.acting import actor_of, who
from schoolgate.conversations.tests.test_calling import logs
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.actions.registering import follow_the_missing, told_absent
from schoolgate.today.actions.seeing import mark_seen
from schoolgate.today.calendars import local_day
from schoolgate.today.models import Matter
from schoolgate.today.pages import today_page
from schoolgate.today.tests.acting import child, has_number, tells
from schoolgate.today.tests.test_arriving import ILL
from schoolgate.today.tests.test_first_day import names, takes

CAME = {"hour": 7}
NOT_PROVEN = [("email", "unknown"), ("email", "failed"), ("email", ""), ("text", ""),
              ("voicemail", "")]  # fmt: skip


def comes(cast: Cast, channel: str, check: str, at: datetime) -> None:
    """Somebody writes as Ewa that Kuba is ill, and the office presses Seen."""
    start(
        actor=actor_of(cast, "ewa"),
        carer=cast.carers["ewa"],
        pupil=child(cast, "kuba"),
        words=Words(body=ILL, at=at, channel=channel, sender_check=check),
    )
    mark_seen(
        actor=actor_of(cast, "joan"),
        member=cast.team["joan"],
        matters=Matter.objects.all(),
        at=at,
    )


def explained(cast: Cast, at: datetime) -> bool:
    """Whether Kuba's absence counts as explained at a moment."""
    return cast.children["kuba"].pk in told_absent(cast.school, local_day(cast.school, at), at)


@pytest.mark.clause("2.2-T7")
@pytest.mark.parametrize(("channel", "check"), NOT_PROVEN)
def test_by_an_unproven_mail_text_or_voicemail_no_absence_is_explained(
    medway: Cast, now: datetime, channel: str, check: str
) -> None:
    comes(medway, channel, check, now.replace(**CAME))
    takes(medway, "Oak", ["kuba"], now)
    follow_the_missing(school=medway.school, at=now)
    assert names(medway, now) == ["Kuba"]


def test_a_mail_whose_sender_is_proven_explains_it_once_it_is_seen(
    medway: Cast, now: datetime
) -> None:
    comes(medway, "email", "passed", now.replace(**CAME))
    takes(medway, "Oak", ["kuba"], now)
    assert names(medway, now) == []


def test_a_colleague_who_says_it_is_for_today_proves_nothing_of_who_wrote(
    medway: Cast, now: datetime
) -> None:
    comes(medway, "email", "unknown", now.replace(**CAME))
    for suggestion in Suggestion.objects.all():
        decide(
            actor=actor_of(medway, "priya"),
            member=medway.team["priya"],
            suggestion=suggestion,
            accepted=True,
            at=now,
        )
    assert Matter.objects.get().chosen == "person"
    assert not explained(medway, now)


def test_once_the_school_has_rung_a_number_known_before_and_spoken_it_is_explained(
    medway: Cast, now: datetime
) -> None:
    came = now.replace(**CAME)
    has_number(medway, "ewa", came - timedelta(days=30))
    comes(medway, "email", "unknown", came)
    logs(medway, None, came + timedelta(minutes=30), outcome="no answer")
    assert not explained(medway, now)
    logs(medway, None, came + timedelta(minutes=40), by="joan")
    assert not explained(medway, came + timedelta(minutes=39))
    assert explained(medway, came + timedelta(minutes=40))


def test_a_number_that_came_with_the_mail_and_a_call_of_theirs_explain_nothing(
    medway: Cast, now: datetime
) -> None:
    came = now.replace(**CAME)
    medway.carers["ewa"].routes.filter(kind__in=["mobile", "phone"]).delete()
    has_number(medway, "ewa", came - timedelta(hours=1))
    comes(medway, "email", "unknown", came)
    logs(medway, None, came + timedelta(minutes=30))
    assert not explained(medway, now)
    logs(medway, None, came + timedelta(minutes=35), inbound=True)
    assert not explained(medway, now)


def test_a_call_before_it_came_and_one_with_another_family_explain_nothing(
    medway: Cast, now: datetime
) -> None:
    came = now.replace(**CAME)
    has_number(medway, "ewa", came - timedelta(days=30))
    logs(medway, None, came - timedelta(minutes=5))
    comes(medway, "email", "unknown", came)
    logs(medway, None, came + timedelta(minutes=35), carer="hannah", child="max")
    assert not explained(medway, now)


def test_what_is_told_on_the_portal_is_the_familys_at_once(medway: Cast, now: datetime) -> None:
    tells(medway, "ewa", "kuba", now.replace(**CAME))
    assert explained(medway, now)


@pytest.mark.parametrize(
    ("channel", "check", "doubt"),
    [("email", "unknown", "unknown"), ("email", "failed", "failed"), ("text", "", "number"),
     ("email", "passed", ""), ("portal", "", "")],
)  # fmt: skip
def test_the_list_says_as_plainly_that_nobody_could_check_as_that_it_failed(
    medway: Cast, now: datetime, channel: str, check: str, doubt: str
) -> None:
    comes(medway, channel, check, now)
    (row,) = today_page(who(medway, "joan", now))["seen"]
    assert row.doubt == doubt
