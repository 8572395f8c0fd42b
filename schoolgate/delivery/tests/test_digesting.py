"""One message a day or a week for who wished for that; judged when it leaves, like everything."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.actions.digesting import send_digests
from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.errors import Refused
from schoolgate.delivery.models import Content, Parcel, Priority
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.actions.preferring import Wishes, prefer
from schoolgate.people.models import Link, Receives
from schoolgate.rehearsal.cast import Cast

FRIDAY = datetime.fromisoformat("2026-11-20T16:00:00+00:00")
THURSDAY = FRIDAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    """Journals of the test's own."""
    settings.DATA = tmp_path


def wishes(cast: Cast, key: str, digest: str) -> None:
    """A carer wishes for a digest."""
    prefer(
        actor=actor_of(cast, key),
        carer=cast.carers[key],
        wishes=Wishes(digest=digest),
        at=THURSDAY - timedelta(days=9),
    )


def gathered(cast: Cast, key: str, child: str, subject: str, at: datetime) -> Parcel:
    """Something to many that waits for this carer's digest."""
    content = Content.objects.create(
        school=cast.school, purpose="service", subject=subject, text=f"{subject}, in full.",
        level=Receives.GENERAL, thread_page="/x/", written_at=at,
    )  # fmt: skip
    one = Addressee(
        carer=cast.carers[key].pk,
        children=[cast.children[child].pk],
        channel="email",
        state=Parcel.State.GATHERED,
    )
    publish(content=content, addressees=[one], priority=Priority.SERVICE, at=at)
    return Parcel.objects.get(content=content)


def state(parcel: Parcel) -> str:
    parcel.refresh_from_db()
    return parcel.state


def test_a_daily_digest_holds_all_of_the_day_in_one_email(medway: Cast) -> None:
    wishes(medway, "ewa", "daily")
    first = gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(hours=5))
    second = gathered(medway, "ewa", "kuba", "Photos", THURSDAY - timedelta(hours=4))
    assert send_digests(school=medway.school, at=THURSDAY) == 1
    post = Post()
    assert sort_once(medway, post) == 1
    (letter,) = post.letters
    words = letter.filled(letter.words.text)
    assert "Wellies, in full." in words and "Photos, in full." in words and "Kuba" in words
    assert letter.words.subject == "News from Medway Green School"
    assert (state(first), state(second)) == ("sent", "sent")


def test_before_the_schools_time_of_day_nothing_leaves(medway: Cast) -> None:
    wishes(medway, "ewa", "daily")
    gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(hours=5))
    assert send_digests(school=medway.school, at=THURSDAY - timedelta(hours=2)) == 0


def test_what_comes_after_that_time_is_for_the_next_day(medway: Cast) -> None:
    wishes(medway, "ewa", "daily")
    gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(minutes=5))
    assert send_digests(school=medway.school, at=THURSDAY) == 0
    assert send_digests(school=medway.school, at=THURSDAY + timedelta(days=1)) == 1


def test_a_weekly_digest_leaves_on_friday(medway: Cast) -> None:
    wishes(medway, "ewa", "weekly")
    gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(hours=5))
    assert send_digests(school=medway.school, at=THURSDAY) == 0
    assert send_digests(school=medway.school, at=FRIDAY) == 1


def test_asked_twice_there_is_one(medway: Cast) -> None:
    wishes(medway, "ewa", "daily")
    gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(hours=5))
    assert send_digests(school=medway.school, at=THURSDAY) == 1
    assert send_digests(school=medway.school, at=THURSDAY + timedelta(hours=1)) == 0
    assert Parcel.objects.filter(content__purpose="digest").count() == 1


def test_who_wishes_for_none_any_more_has_it_at_once(medway: Cast) -> None:
    waits = gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(hours=5))
    send_digests(school=medway.school, at=THURSDAY - timedelta(hours=4))
    assert state(waits) == "waiting"


@pytest.mark.clause("2.2-T5")
def test_what_an_order_forbids_meanwhile_is_not_in_it(medway: Cast) -> None:
    wishes(medway, "ewa", "daily")
    gone = gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(hours=5))
    send_digests(school=medway.school, at=THURSDAY)
    begin_limit(
        actor=actor_of(medway, "ruth"),
        link=Link.objects.get(carer=medway.carers["ewa"], pupil=medway.children["kuba"]),
        at_most=Receives.NOTHING,
        says="order",
        at=timezone.now() - timedelta(seconds=1),
    )
    post = Post()
    sort_once(medway, post)
    assert post.letters == [] and state(gone) == "not entitled"
    assert Parcel.objects.get(content__purpose="digest").state == "not entitled"


def test_what_it_held_shares_its_failure(medway: Cast) -> None:
    wishes(medway, "ewa", "daily")
    held = gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(hours=5))
    send_digests(school=medway.school, at=THURSDAY)
    sort_once(medway, Post(Refused("550 nobody here")))
    assert state(held) == "failed" and held.because == "550 nobody here"


def test_a_friday_that_nobody_was_awake_for_is_made_up_for(medway: Cast) -> None:
    wishes(medway, "ewa", "weekly")
    gathered(medway, "ewa", "kuba", "Wellies", THURSDAY - timedelta(hours=5))
    assert send_digests(school=medway.school, at=FRIDAY + timedelta(days=1, hours=3)) == 1
    gathered(medway, "ewa", "kuba", "Photos", FRIDAY + timedelta(days=1, hours=4))
    assert send_digests(school=medway.school, at=FRIDAY + timedelta(days=4)) == 0


@pytest.mark.parametrize(("day", "hour"), [("2026-07-09", 14), ("2026-11-19", 15)])
def test_the_hour_is_the_schools_own_in_summer_and_in_winter(
    medway: Cast, day: str, hour: int
) -> None:
    on_time = datetime.fromisoformat(f"{day}T{hour}:00:00+00:00")  # 15:00 by the school's clock
    wishes(medway, "ewa", "daily")
    gathered(medway, "ewa", "kuba", "Wellies", on_time - timedelta(hours=5))
    assert send_digests(school=medway.school, at=on_time - timedelta(minutes=1)) == 0
    assert send_digests(school=medway.school, at=on_time) == 1
