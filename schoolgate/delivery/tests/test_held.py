"""What waits for somebody who is held back leaves by no way, and goes once nothing holds it."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from schoolgate.announcements.access import visible_to_carer
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.tests.announcing import goes_out, to_group
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, who, writes
from schoolgate.delivery.actions.bundling import mark_sent, prepare
from schoolgate.delivery.actions.claiming import claim, claimant
from schoolgate.delivery.actions.digesting import send_digests
from schoolgate.delivery.actions.printing import make_batch, mark_posted, to_take_out
from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.actions.receiving import script_for
from schoolgate.delivery.actions.sorting import Sorting
from schoolgate.delivery.carrying import Lines
from schoolgate.delivery.compose import Composer
from schoolgate.delivery.errors import NobodyLeft, NothingToPrint
from schoolgate.delivery.models import Content, Parcel, Priority
from schoolgate.delivery.queries import letters_waiting, owed_by_isams, owed_contents
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.delivery.unreached import waiting_too_long
from schoolgate.people.actions.holding_back import begin_the_hour, end, hold_back
from schoolgate.people.actions.preferring import Wishes, prefer
from schoolgate.people.models import HoldBack, Receives
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    """Journals of the test's own."""
    settings.DATA = tmp_path


@pytest.fixture
def then(medway: Cast) -> datetime:
    """A little while ago: the sorter asks the clock of this computer."""
    return timezone.now() - timedelta(minutes=10)


LEAD = {"medway-green": "helen", "trent-acres": "idris"}


def holds(cast: Cast, carer: str, child: str, at: datetime) -> HoldBack:
    """The safeguarding lead holds back; afterwards nobody is asking."""
    lead = cast.user_id(LEAD[cast.school.slug])
    see(school_id=cast.school.pk, user_id=lead)
    hold = hold_back(
        user_id=lead, pupil=cast.children[child], carer=cast.carers[carer], reason="x", at=at
    )
    see(school_id=cast.school.pk)
    return hold


def ends(cast: Cast, hold: HoldBack, at: datetime) -> None:
    lead = cast.user_id(LEAD[cast.school.slug])
    see(school_id=cast.school.pk, user_id=lead)
    end(user_id=lead, hold=hold, at=at)
    see(school_id=cast.school.pk)


def to_many(
    cast: Cast, child: str, at: datetime, *carers: str, channel: str = "email", **fields: object
) -> Content:
    """Something about a child to several people by one channel."""
    values: dict[str, object] = {"purpose": "service", "subject": "Trip", "text": "We go."}
    content = Content.objects.create(
        school=cast.school, level=Receives.GENERAL, thread_page="/x/", written_at=at,
        **{**values, **fields},
    )  # fmt: skip
    publish(
        content=content,
        addressees=[
            Addressee(
                carer=cast.carers[one].pk, children=[cast.children[child].pk], channel=channel
            )
            for one in carers
        ],
        priority=Priority.SERVICE,
        at=at,
    )
    return content


def states(content: Content) -> set[str]:
    return set(content.parcels.values_list("state", flat=True))


def test_a_reply_waits_and_goes_once_when_nothing_holds_it(medway: Cast, then: datetime) -> None:
    hold = holds(medway, "ewa", "kuba", then)
    conversation = writes(medway, "ewa", "kuba", then)
    answers(medway, "priya", conversation, then)
    reply = Parcel.objects.get(content__purpose="reply", channel="email")
    post = Post()
    for _ in range(3):
        sort_once(medway, post)
    reply.refresh_from_db()
    assert (reply.state, reply.tries, reply.attempts.count()) == ("waiting", 0, 0)
    assert [letter.words.subject for letter in post.letters if "good day" in str(letter)] == []
    ends(medway, hold, timezone.now())
    before = len(post.letters)
    for _ in range(3):
        sort_once(medway, post)
    reply.refresh_from_db()
    assert reply.state == "sent" and len(post.letters) == before + 1


def test_their_own_automatic_receipt_goes(medway: Cast, then: datetime) -> None:
    holds(medway, "ewa", "kuba", then)
    writes(medway, "ewa", "kuba", then, channel="email")
    assert sort_once(medway, Post()) == 1


def test_the_reply_clock_stops_at_posting_as_ever(medway: Cast, then: datetime) -> None:
    holds(medway, "ewa", "kuba", then)
    conversation = writes(medway, "ewa", "kuba", then)
    answers(medway, "priya", conversation, then)
    assert fresh(conversation).state == "with parent" and fresh(conversation).due_at is None


def test_what_is_about_immediate_safety_goes_at_once(medway: Cast, then: datetime) -> None:
    holds(medway, "ewa", "kuba", then)
    content = to_many(medway, "kuba", then, "ewa", is_safety=True)
    assert sort_once(medway, Post()) == 1 and states(content) == {"sent"}


def test_during_the_hour_it_waits_for_everybody_of_that_child_and_for_nobody_else(
    medway: Cast, then: datetime
) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id("priya"))
    begin_the_hour(pupil=medway.children["kuba"], at=then)
    see(school_id=medway.school.pk)
    content = to_many(medway, "kuba", then, "ewa", "piotr")
    other = to_many(medway, "leo", then, "nina")
    sort_once(medway, Post())
    assert states(content) == {"waiting"}
    assert states(other) != {"waiting"}


@pytest.mark.clause("2.2-T5")
def test_what_many_wait_for_is_not_held_up_by_one(medway: Cast, then: datetime) -> None:
    """A claim is not filled by rows that wait."""
    holds(medway, "ewa", "kuba", then)
    for number in range(5):
        to_many(medway, "kuba", then, "ewa", subject=f"Trip {number}")
    to_many(medway, "leo", then + timedelta(minutes=1), "nina")
    found = claim(school_id=medway.school.pk, at=timezone.now(), claimant=7, most=2)
    see(school_id=medway.school.pk)
    assert {one.carer for one in found} <= {medway.carers["nina"].pk}


@pytest.mark.clause("2.2-T5")
def test_what_was_claimed_before_somebody_was_held_back_is_given_back_untouched(
    medway: Cast, then: datetime
) -> None:
    content = to_many(medway, "kuba", then, "ewa")
    post = Post()
    _sort_with_a_hold_after_the_claim(medway, post, then)
    parcel = content.parcels.get()
    assert (parcel.state, parcel.tries, post.letters) == ("waiting", 0, [])


def _sort_with_a_hold_after_the_claim(cast: Cast, post: Post, at: datetime) -> None:
    """As it happens when the lead presses between a claim and its judgement."""
    with claimant() as number:
        sorting = Sorting(cast.school.pk, "email", Lines(post), number)
        sorting.composer, sorting.contents = Composer(cast.school, "email"), {}
        in_hand = sorting._claim(0)
        assert in_hand
        holds(cast, "ewa", "kuba", at)
        sorting.one_claim(in_hand)
    see(school_id=cast.school.pk)


@pytest.mark.parametrize("channel", ["sms", "voice", "push"])
def test_by_no_other_channel_either(medway: Cast, then: datetime, channel: str) -> None:
    holds(medway, "ewa", "kuba", then)
    content = to_many(medway, "kuba", then, "ewa", channel=channel)
    Parcel.objects.update(next_try_at=then)
    assert claim(
        school_id=medway.school.pk, at=timezone.now(), claimant=7, channel=channel
    ) == []  # fmt: skip
    see(school_id=medway.school.pk)
    assert states(content) == {"waiting"}


def test_who_picks_up_hears_nothing_that_waits(medway: Cast, then: datetime) -> None:
    content = to_many(medway, "kuba", then, "ewa", channel="voice")
    parcel = content.parcels.get()
    assert script_for(parcel=parcel, school=medway.school, at=timezone.now())
    holds(medway, "ewa", "kuba", then)
    assert script_for(parcel=parcel, school=medway.school, at=timezone.now()) is None


def test_a_digest_holds_nothing_that_waits_and_waits_with_what_it_holds(
    medway: Cast, now: datetime
) -> None:
    friday = datetime.fromisoformat("2026-11-20T16:00:00+00:00")
    prefer(
        actor=actor_of(medway, "ewa"), carer=medway.carers["ewa"], wishes=Wishes(digest="daily"),
        at=friday - timedelta(days=9),
    )  # fmt: skip
    gathered = to_many(medway, "kuba", friday - timedelta(days=1), "ewa")
    gathered.parcels.update(state="gathered")
    hold = holds(medway, "ewa", "kuba", friday - timedelta(hours=1))
    assert send_digests(school=medway.school, at=friday) == 0
    ends(medway, hold, friday)
    assert send_digests(school=medway.school, at=friday) == 1
    holds(medway, "ewa", "kuba", friday)
    assert claim(school_id=medway.school.pk, at=friday + timedelta(hours=9), claimant=7) == []


def test_a_letter_is_not_printed_and_one_that_lies_there_is_taken_out_and_printed_later(
    medway: Cast, then: datetime
) -> None:
    now = timezone.now()
    hold = holds(medway, "ewa", "kuba", then)
    content = to_many(medway, "kuba", then, "ewa", channel="letter")
    assert letters_waiting(medway.school.pk, now).count() == 0
    with pytest.raises(NothingToPrint):
        make_batch(actor=actor_of(medway, "joan"), school=medway.school, at=now)
    ends(medway, hold, now)
    batch = make_batch(actor=actor_of(medway, "joan"), school=medway.school, at=now)
    assert to_take_out(batch, now) == []
    holds(medway, "ewa", "kuba", now)
    assert to_take_out(batch, now) == [medway.carers["ewa"].name]
    mark_posted(actor=actor_of(medway, "joan"), batch=batch, at=now)
    assert states(content) == {"waiting"}


def test_what_is_owed_by_isams_comes_to_the_office_when_nothing_holds_it(
    trent: Cast, now: datetime
) -> None:
    announcement = goes_out(trent, "owen", now, to_group(trent, "River"))
    content = announcement.content
    assert content
    link = Parcel.objects.filter(content=content, channel="email").first()
    assert link and link.carer
    key = next(key for key, one in trent.carers.items() if one.pk == link.carer_id)
    child = next(key for key, one in trent.children.items() if one.pk in link.children)
    many = owed_by_isams(trent.school.pk, now).count()
    hold = holds(trent, key, child, now)
    assert owed_by_isams(trent.school.pk, now).count() == many - 1
    office = actor_of(trent, "carol")
    (bundle,) = prepare(actor=office, content=content, at=now)
    assert mark_sent(actor=office, bundle=bundle, reference="W-1", at=now) == many - 1
    assert owed_contents(trent.school.pk, now) == []
    with pytest.raises(NobodyLeft):
        prepare(actor=office, content=content, at=now)
    ends(trent, hold, now + timedelta(minutes=1))
    (later,) = prepare(actor=office, content=content, at=now + timedelta(minutes=2))
    assert mark_sent(
        actor=office, bundle=later, reference="W-2", at=now + timedelta(minutes=3)
    ) == 1  # fmt: skip


def test_whoever_is_held_back_after_a_bundle_was_prepared_is_owed_again(
    trent: Cast, now: datetime
) -> None:
    announcement = goes_out(trent, "owen", now, to_group(trent, "River"))
    assert announcement.content
    office = actor_of(trent, "carol")
    (bundle,) = prepare(actor=office, content=announcement.content, at=now)
    parcel = bundle.parcels.order_by("pk")[0]
    key = next(key for key, one in trent.carers.items() if one.pk == parcel.carer_id)
    child = next(key for key, one in trent.children.items() if one.pk in parcel.children)
    holds(trent, key, child, now)
    mark_sent(actor=office, bundle=bundle, reference="W-1", at=now)
    parcel.refresh_from_db()
    assert (parcel.state, parcel.bundle_id) == ("owed", None)


def test_no_list_of_who_was_not_reached_names_them(medway: Cast, then: datetime) -> None:
    long_ago = then - timedelta(hours=5)
    to_many(medway, "kuba", long_ago, "ewa")
    at = timezone.now()
    Parcel.objects.update(next_try_at=long_ago)
    assert waiting_too_long(medway.school.pk, at).count() == 1
    holds(medway, "ewa", "kuba", then)
    assert waiting_too_long(medway.school.pk, at).count() == 0


def figures(announcement: Announcement) -> list[tuple[str, str]]:
    assert announcement.content
    return sorted(announcement.content.parcels.values_list("channel", "state"))


def test_an_announcement_counts_the_same_and_stands_on_their_page_when_nothing_holds_it(
    medway: Cast, now: datetime
) -> None:
    plain = goes_out(medway, "joan", now, to_group(medway, "Oak"))
    hold = holds(medway, "ewa", "kuba", now + timedelta(minutes=5))
    held = goes_out(medway, "joan", now + timedelta(minutes=6), to_group(medway, "Oak"))
    assert figures(plain) == figures(held)
    later = now + timedelta(minutes=20)
    assert set(visible_to_carer(who(medway, "ewa", later))) == {plain}
    ends(medway, hold, later)
    assert set(visible_to_carer(who(medway, "ewa", later))) == {plain, held}
