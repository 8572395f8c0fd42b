"""A claim lives as long as its claimant: the rows of a sorting that died are free at once."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from schoolgate.delivery import journal
from schoolgate.delivery.actions import claiming
from schoolgate.delivery.actions.claiming import BACKOFF, claim
from schoolgate.delivery.actions.posting import post
from schoolgate.delivery.actions.recovering import OTHER_MACHINE, STUCK_AFTER, recover_claims
from schoolgate.delivery.actions.settling import TWICE_IN_DOUBT
from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.delivery.errors import Refused
from schoolgate.delivery.journal import Journal, new_claimant
from schoolgate.delivery.models import Attempt, Content, Parcel
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.rehearsal.cast import Cast

DEAD = 7  # a number that nobody holds, of no machine of ours


@pytest.fixture
def own_journals(settings: Any, tmp_path: Path) -> None:
    """Journals of the test's own."""
    settings.DATA = tmp_path


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
    number = new_claimant()
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
    parcel: Parcel, now: datetime, own_journals: None
) -> None:
    dead = new_claimant()
    Journal(dead)
    found = claim(school_id=parcel.school_id, at=now, claimant=dead)
    assert [one.id for one in found] == [parcel.pk]
    assert recover_claims(school_id=parcel.school_id, at=now) == 1
    assert state(parcel) == ("waiting", 0, now)


@pytest.mark.clause("2.2-T1")
def test_a_claim_of_a_living_claimant_is_left_to_it(parcel: Parcel, now: datetime) -> None:
    with living() as number:
        claim(school_id=parcel.school_id, at=now, claimant=number)
        assert recover_claims(school_id=parcel.school_id, at=now) == 0
        assert state(parcel)[0] == "claimed"


def test_the_last_resort_frees_the_claim_of_one_that_hangs(parcel: Parcel, now: datetime) -> None:
    later = now + STUCK_AFTER + timedelta(seconds=1)
    with living() as number:
        claim(school_id=parcel.school_id, at=now, claimant=number)
        assert recover_claims(school_id=parcel.school_id, at=now + STUCK_AFTER) == 0
        assert recover_claims(school_id=parcel.school_id, at=later) == 1


def test_what_the_journal_calls_begun_is_in_doubt_and_repeated_at_once_and_only_once(
    parcel: Parcel, now: datetime, own_journals: None
) -> None:
    for state_then in ("waiting", "failed"):
        dead = new_claimant()
        claim(school_id=parcel.school_id, at=now, claimant=dead)
        Journal(dead).begun(parcel.pk, now.timestamp())
        recover_claims(school_id=parcel.school_id, at=now)
        assert state(parcel)[::2] == (state_then, now)
        assert journal.read(dead) is None
    assert list(parcel.attempts.values_list("outcome", flat=True)) == ["in doubt", "in doubt"]
    assert parcel.because == TWICE_IN_DOUBT


def test_what_the_journal_calls_answered_is_sent_and_not_repeated(
    parcel: Parcel, now: datetime, own_journals: None
) -> None:
    dead = new_claimant()
    claim(school_id=parcel.school_id, at=now, claimant=dead)
    kept = Journal(dead)
    kept.begun(parcel.pk, now.timestamp())
    kept.ended(parcel.pk, now.timestamp(), "accepted", "250 2.0.0 taken")
    kept.complete()
    recover_claims(school_id=parcel.school_id, at=now)
    assert state(parcel)[0] == "sent"
    assert parcel.attempts.get().said == "250 2.0.0 taken"


def test_what_was_claimed_and_stands_in_no_line_of_the_journal_waits_untried(
    parcel: Parcel, now: datetime, own_journals: None
) -> None:
    dead = new_claimant()
    claim(school_id=parcel.school_id, at=now, claimant=dead)
    Journal(dead)
    recover_claims(school_id=parcel.school_id, at=now)
    assert state(parcel) == ("waiting", 0, now) and parcel.attempts.count() == 0


def test_without_its_journal_all_of_a_claim_is_in_doubt(
    parcel: Parcel, now: datetime, own_journals: None
) -> None:
    claim(school_id=parcel.school_id, at=now, claimant=new_claimant())
    recover_claims(school_id=parcel.school_id, at=now)
    assert state(parcel)[0] == "waiting"
    assert parcel.attempts.get().outcome == Attempt.Outcome.IN_DOUBT


def test_another_machine_has_time_to_read_the_journal_that_lies_there(
    parcel: Parcel, now: datetime
) -> None:
    claim(school_id=parcel.school_id, at=now, claimant=DEAD)
    assert recover_claims(school_id=parcel.school_id, at=now + OTHER_MACHINE) == 0
    late = now + OTHER_MACHINE + timedelta(seconds=1)
    assert recover_claims(school_id=parcel.school_id, at=late) == 1


def test_a_line_that_was_cut_off_while_it_was_written_is_not_read(
    parcel: Parcel, now: datetime, own_journals: None
) -> None:
    dead = new_claimant()
    kept = Journal(dead)
    kept.begun(7, now.timestamp())
    with kept.path.open("ab") as file:
        file.write(b"= 7 17")
    assert journal.read(dead) == {7: journal.Entry(begun_at=now.timestamp())}


def test_what_ends_its_worker_every_time_fails_and_is_told(
    parcel: Parcel, now: datetime, own_journals: None
) -> None:
    Parcel.objects.filter(pk=parcel.pk).update(tries=len(BACKOFF))
    claim(school_id=parcel.school_id, at=now, claimant=new_claimant())
    recover_claims(school_id=parcel.school_id, at=now)
    assert state(parcel)[0] == "failed"


def test_a_sorting_leaves_alone_what_another_one_has_claimed(
    medway: Cast, parcel: Parcel, now: datetime
) -> None:
    claim(school_id=parcel.school_id, at=now, claimant=DEAD)
    post = Post()
    sort_once(medway, post)
    assert post.letters == [] and parcel.attempts.count() == 0


def test_an_answer_that_comes_after_the_claim_was_given_back_still_counts(
    medway: Cast, now: datetime, own_journals: None
) -> None:
    parcel = posted(medway, timezone.now() - timedelta(minutes=1))

    def meanwhile(letter: Letter) -> None:
        Parcel.objects.filter(pk=parcel.pk).update(state="waiting", claimed_by=None)

    assert sort_once(medway, Post(before=meanwhile)) == 1
    assert state(parcel)[0] == "sent"
    assert parcel.attempts.get().outcome == Attempt.Outcome.ACCEPTED


def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(
    medway: Cast, now: datetime, own_journals: None
) -> None:
    long_ago = now - timedelta(days=30)  # due by the machine's own clock, which sorting reads
    bad, good = posted(medway, long_ago), posted(medway, long_ago + timedelta(seconds=1))
    Content.objects.filter(pk=bad.content_id).update(thread=1 << 63 - 1)  # too large for an address
    post = Post()
    assert sort_once(medway, post) == 1
    assert [letter.key for letter in post.letters] == [str(good.public_id)]
    assert state(bad)[0] == "waiting" and bad.attempts.get().outcome == Attempt.Outcome.TEMPORARY


def test_a_letter_of_which_no_email_can_be_made_is_refused_for_good() -> None:
    words = Words(sender="a@b.example", domains=("b.example",))
    letter = Letter(key="1", to="nina@@example.org", reply_to="a@b.example", words=words)
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
