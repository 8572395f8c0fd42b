"""The school's email route decides how much an email says, and whether there is one at all."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from schoolgate.conversations.tests.acting import answers, writes
from schoolgate.delivery.actions.owing import owe_what_may_not_leave
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.queries import off_route
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.models import School

VARIATION = """
[isams_variation]
recorded_by = "Marcus Webb"
recorded_on = 2026-11-02
portal_counts_as_parent_portal = true
codes_may_be_sent = true
"""


@pytest.fixture
def rewrite() -> Callable[[Cast, str, str], None]:
    """Change one line of a school's settings."""

    def change(cast: Cast, old: str, new: str) -> None:
        assert old in cast.school.settings_text
        School.objects.filter(pk=cast.school.pk).update(
            settings_text=cast.school.settings_text.replace(old, new)
        )

    return change


def emails() -> list[Parcel]:
    """Every email parcel, replies before receipts."""
    parcels = Parcel.objects.filter(channel="email").select_related("content", "school", "carer")
    return sorted(parcels, key=lambda parcel: parcel.content.purpose != Content.Purpose.REPLY)


def test_a_portal_with_notice_says_only_that_there_is_a_message(
    medway: Cast, now: datetime, rewrite: Callable[[Cast, str, str], None]
) -> None:
    rewrite(medway, 'email_route = "school_mailbox"', 'email_route = "portal_with_notice"')
    medway.carers["ewa"].refresh_from_db()
    conversation = writes(medway, "ewa", "kuba", now, subject="The bell")
    answers(medway, "priya", conversation, timezone.now())
    post = Post()
    sort_once(medway, post)
    words = post.letters[0].words
    assert words.subject == "You have a message from Medway Green School"
    for secret in ("Kuba", "bell", "good day", "Priya"):
        assert secret not in words.subject + words.text + words.html + words.sender_name


@pytest.mark.clause("2.1-M2a")
@pytest.mark.parametrize(
    ("recorded_on", "state"),
    [("2026-11-24", Parcel.State.OWED), ("2026-11-23", Parcel.State.WAITING)],
)
def test_the_day_before_it_is_dated_a_reply_is_owed_and_on_the_day_a_notice_leaves(
    trent: Cast, now: datetime, recorded_on: str, state: str
) -> None:
    trent.school.settings_text += VARIATION.replace("2026-11-02", recorded_on)
    School.objects.filter(pk=trent.school.pk).update(settings_text=trent.school.settings_text)
    trent.carers["mia"].refresh_from_db()
    answers(trent, "owen", writes(trent, "mia", "tilly", now), now)
    (parcel,) = emails()
    assert parcel.state == state


@pytest.mark.clause("2.1-M2a")
def test_what_still_waits_when_it_ends_is_owed_by_isams(trent: Cast, now: datetime) -> None:
    trent.school.settings_text += VARIATION + "ends_on = 2026-11-23\n"
    School.objects.filter(pk=trent.school.pk).update(settings_text=trent.school.settings_text)
    trent.carers["mia"].refresh_from_db()
    answers(trent, "owen", writes(trent, "mia", "tilly", now), now)
    assert owe_what_may_not_leave(school=trent.school, at=now.replace(hour=23, minute=59)) == 0
    assert owe_what_may_not_leave(school=trent.school, at=now + timedelta(days=1)) == 1
    (parcel,) = emails()
    assert parcel.state == Parcel.State.OWED


@pytest.mark.clause("2.1-M2a")
def test_what_left_past_isams_is_judged_at_the_moment_that_it_left(
    trent: Cast, now: datetime
) -> None:
    trent.school.settings_text += VARIATION + "ends_on = 2026-11-23\n"
    School.objects.filter(pk=trent.school.pk).update(settings_text=trent.school.settings_text)
    trent.carers["mia"].refresh_from_db()
    answers(trent, "owen", writes(trent, "mia", "tilly", now), now)
    sent = Parcel.objects.filter(channel="email")
    sent.update(state=Parcel.State.SENT, ended_at=now)
    assert off_route(trent.school) == 0
    sent.update(ended_at=now + timedelta(days=1))
    assert off_route(trent.school) == 1


@pytest.mark.clause("2.1-M2a")
def test_with_a_variation_of_the_head_an_isams_school_sends_notices(
    trent: Cast, now: datetime, rewrite: Callable[[Cast, str, str], None]
) -> None:
    trent.school.settings_text += VARIATION
    School.objects.filter(pk=trent.school.pk).update(settings_text=trent.school.settings_text)
    trent.carers["mia"].refresh_from_db()
    conversation = writes(trent, "mia", "tilly", now)
    answers(trent, "owen", conversation, timezone.now())
    (parcel,) = emails()
    assert parcel.state == Parcel.State.WAITING
    post = Post()
    sort_once(trent, post)
    assert post.letters[0].words.subject.startswith("You have a message from")
