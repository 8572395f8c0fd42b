"""A claim lives as long as its claimant: the rows of a sorting that died are free at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection

from schoolgate.delivery.actions import claiming, sorting
from schoolgate.delivery.actions.claiming import BACKOFF, STUCK_AFTER, claim, recover_claims
from schoolgate.delivery.actions.posting import post
from schoolgate.delivery.channel import Letter
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.delivery.errors import Refused
from schoolgate.delivery.models import Attempt, Content, Parcel
from schoolgate.rehearsal.cast import Cast

DEAD = 7  # a number that nobody holds


@pytest.fixture
def parcel(medway: Cast, now: datetime) -> Parcel:
    """One email to Nina that waits."""
    return posted(medway, now)


def posted(medway: Cast, now: datetime) -> Parcel:
    """An email to Nina."""
    content = Content.objects.create(
        school=medway.school,
        purpose=Content.Purpose.REPLY,
        subject="Re: Lunch",
        text="Yes.",
        written_at=now,
    )
    post(content=content, carers=[medway.carers["nina"]], at=now)
    return Parcel.objects.get(content=content, channel=Parcel.Channel.EMAIL)


@contextmanager
def living() -> Iterator[int]:
    """A claimant in a session of its own, as another worker is."""
    number = 8
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with psycopg.connect(**parameters, autocommit=True) as session:
        session.execute("SELECT pg_advisory_lock(%s)", [number])
        yield number
        session.execute("SELECT pg_advisory_unlock(%s)", [number])


def state(parcel: Parcel) -> tuple[str, int, datetime]:
    parcel.refresh_from_db()
    return parcel.state, parcel.tries, parcel.next_try_at


@pytest.mark.clause("2.2-T1")
def test_a_claim_whose_claimant_is_gone_is_given_back_at_once(
    parcel: Parcel, now: datetime
) -> None:
    assert claim(school_id=parcel.school_id, at=now, claimant=DEAD) == [parcel.pk]
    assert recover_claims(school_id=parcel.school_id, at=now) == 1
    assert state(parcel) == ("waiting", 0, now)


@pytest.mark.clause("2.2-T1")
def test_a_claim_of_a_living_claimant_is_left_to_it(parcel: Parcel, now: datetime) -> None:
    with living() as number:
        claim(school_id=parcel.school_id, at=now, claimant=number)
        assert recover_claims(school_id=parcel.school_id, at=now) == 0
        assert state(parcel)[0] == "claimed"
    assert recover_claims(school_id=parcel.school_id, at=now) == 1


def test_the_last_resort_frees_the_claim_of_one_that_hangs(parcel: Parcel, now: datetime) -> None:
    later = now + STUCK_AFTER + timedelta(seconds=1)
    with living() as number:
        claim(school_id=parcel.school_id, at=now, claimant=number)
        assert recover_claims(school_id=parcel.school_id, at=now + STUCK_AFTER) == 0
        assert recover_claims(school_id=parcel.school_id, at=later) == 1


def test_a_try_without_an_answer_is_in_doubt_and_repeated_at_once_and_then_later(
    parcel: Parcel, now: datetime
) -> None:
    for pause in (timedelta(), timedelta(minutes=BACKOFF[0]), timedelta(minutes=BACKOFF[1])):
        now = state(parcel)[2]
        claim(school_id=parcel.school_id, at=now, claimant=DEAD)
        Attempt.objects.create(school_id=parcel.school_id, parcel=parcel, begun_at=now)
        recover_claims(school_id=parcel.school_id, at=now)
        assert state(parcel)[0] == "waiting" and state(parcel)[2] == now + pause
    assert set(parcel.attempts.values_list("outcome", flat=True)) == {Attempt.Outcome.IN_DOUBT}


def test_what_ends_its_worker_every_time_fails_and_is_told(parcel: Parcel, now: datetime) -> None:
    Parcel.objects.filter(pk=parcel.pk).update(tries=len(BACKOFF))
    claim(school_id=parcel.school_id, at=now, claimant=DEAD)
    Attempt.objects.create(school_id=parcel.school_id, parcel=parcel, begun_at=now)
    recover_claims(school_id=parcel.school_id, at=now)
    assert state(parcel)[0] == "failed"


def test_a_sorting_leaves_alone_what_another_one_has_claimed(parcel: Parcel, now: datetime) -> None:
    claim(school_id=parcel.school_id, at=now, claimant=DEAD)
    channel = Remembering()
    sorting.hand_over(
        school_id=parcel.school_id, parcel_id=parcel.pk, channel=channel, claimant=DEAD + 1
    )
    assert channel.letters == [] and parcel.attempts.count() == 0


def test_an_answer_that_comes_after_the_claim_was_given_back_still_counts(
    parcel: Parcel, now: datetime
) -> None:
    claim(school_id=parcel.school_id, at=now, claimant=DEAD)

    class Slow(Remembering):
        def send(self, letter: Letter) -> str:
            recover_claims(school_id=parcel.school_id, at=now)
            assert state(parcel)[0] == "waiting"
            return super().send(letter)

    assert sorting.hand_over(
        school_id=parcel.school_id, parcel_id=parcel.pk, channel=Slow(), claimant=DEAD
    )
    assert state(parcel)[0] == "sent"
    assert parcel.attempts.get().outcome == Attempt.Outcome.ACCEPTED


def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(
    medway: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = now - timedelta(days=30)  # due by the machine's own clock, which sorting reads
    bad, good = posted(medway, long_ago), posted(medway, long_ago + timedelta(seconds=1))
    channel, written = Remembering(), sorting.letter_for

    def letter_for(parcel: Parcel) -> Letter:
        if parcel.pk == bad.pk:
            raise KeyError("a mistake of ours")
        return written(parcel)

    monkeypatch.setattr(sorting, "letter_for", letter_for)
    monkeypatch.setattr(sorting, "channel_for", lambda: channel)
    assert sorting.sort(school_id=medway.school.pk) == 1
    assert [letter.message_id for letter in channel.letters] == [
        f"<{good.public_id}@{domain(medway)}>"
    ]
    assert state(bad)[0] == "waiting" and bad.attempts.get().outcome == Attempt.Outcome.TEMPORARY


def test_a_letter_of_which_no_email_can_be_made_is_refused_for_good() -> None:
    letter = Letter(
        to="nina@@example.org", sender="a@b.example", sender_name="", reply_to="a@b.example",
        message_id="<1@b.example>", answers="", thread_id="", subject="", text="",
        automatic=False, domains=("b.example",),
    )  # fmt: skip
    with pytest.raises(Refused):
        as_bytes(letter)


def test_a_sortings_number_is_held_while_it_works_and_no_longer(db: None) -> None:
    held = (
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
        " WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()"
    )
    with connection.cursor() as cursor:
        with claiming.claimant():
            assert cursor.execute(held).fetchone() == (1,)
        assert cursor.execute(held).fetchone() == (0,)


def domain(medway: Cast) -> str:
    return medway.school.inbound_address.partition("@")[2]


class Remembering:
    """A channel that keeps what it was given."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> str:
        """Keep it."""
        self.letters.append(letter)
        return "250 kept"

    def close(self) -> None:
        """Nothing is open."""
