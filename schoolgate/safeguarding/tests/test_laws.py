"""Whatever the order of events, ticks and restarts: nothing is lost, nobody is told twice."""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from schoolgate.conversations.tests.acting import who
from schoolgate.delivery.errors import AnswerLost, HostDown
from schoolgate.delivery.tests.posting import Post
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding import access, asked
from schoolgate.safeguarding.actions import recording
from schoolgate.safeguarding.actions.raising import still_worried
from schoolgate.safeguarding.errors import SafeguardingError
from schoolgate.safeguarding.models import Alert, Concern, Reading, Step
from schoolgate.safeguarding.standing import Record, records
from schoolgate.safeguarding.states import AT_REST, UNREAD, Outcome
from schoolgate.safeguarding.tests.acting import as_person, hand, raises, reads, rings
from schoolgate.school.tenancy import see

READERS = ("helen", "sam", "ruth", "grace")


class Life(RuleBasedStateMachine):
    """The life of a few concerns, with a clock that the test moves."""

    cast: Cast
    begins: datetime

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.at = self.begins
        self.post = Post()
        self.raised: list[Concern] = []
        self.heard: Counter[str] = Counter()
        self.in_doubt: set[str] = set()

    def teardown(self) -> None:
        """Each life begins with the same rows."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def tick(self) -> datetime:
        """No two things happen in the same moment."""
        self.at += timedelta(seconds=1)
        return self.at

    @rule(minutes=st.sampled_from([1, 8, 16, 31, 60 * 14, 60 * 24 * 3]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(key=st.sampled_from(["ewa", "priya", "helen"]), adult=st.booleans())
    def is_raised(self, key: str, adult: bool) -> None:
        if len(self.raised) < 3:
            self.raised.append(raises(self.cast, key, self.tick(), adult=adult))

    @rule(trouble=st.sampled_from([None, None, HostDown("no"), AnswerLost()]))
    def the_job_comes_round(self, trouble: Exception | None) -> None:
        post = Post(*([trouble] if trouble else []))
        for letter in rings(self.cast, self.tick(), post):
            self.heard[letter.key] += 1
        if isinstance(trouble, AnswerLost) and post.letters:
            self.in_doubt.add(post.letters[0].key)
        if isinstance(trouble, HostDown) and post.letters:
            self.heard[post.letters[0].key] -= 1  # it never left

    @rule()
    def a_process_dies_with_a_claim(self) -> None:
        see(school_id=self.cast.school.pk)
        self.in_doubt |= {str(one.public_id) for one in asked.claim(at=self.tick(), most=50)}

    @precondition(lambda self: self.raised)
    @rule(key=st.sampled_from(READERS), place=st.integers(0, 2))
    def is_opened(self, key: str, place: int) -> None:
        concern = self._readable(key, place)
        if concern:
            reads(self.cast, key, concern, self.tick())

    @precondition(lambda self: self.raised)
    @rule(
        key=st.sampled_from(READERS),
        place=st.integers(0, 2),
        outcome=st.sampled_from(Outcome),
    )
    def is_decided(self, key: str, place: int, outcome: str) -> None:
        if concern := self._readable(key, place):
            self._try(recording.decide, key, concern, outcome=outcome, reason="Because.")

    @precondition(lambda self: self.raised)
    @rule(key=st.sampled_from(READERS), place=st.integers(0, 2), agrees=st.booleans())
    def is_closed_or_looked_at_again(self, key: str, place: int, agrees: bool) -> None:
        if concern := self._readable(key, place):
            self._try(recording.close, key, concern, words="Over.")
            self._try(recording.look_again, key, concern, agrees=agrees, words="I looked.")

    @precondition(lambda self: self.raised)
    @rule(place=st.integers(0, 2))
    def its_author_is_still_worried(self, place: int) -> None:
        concern = self.raised[place % len(self.raised)]
        keys = {self.cast.user_id(key): key for key in ("ewa", "priya", "helen")}
        key = keys[concern.author_user_id]
        as_person(self.cast, key)
        at = self.tick()
        still_worried(who=who(self.cast, key, at), concern=concern, words="Still.", at=at)

    @invariant()
    def no_concern_is_lost(self) -> None:
        assert len(self._records()) == len(self.raised)

    @invariant()
    def nobody_is_told_twice_for_the_same_step(self) -> None:
        for key, times in self.heard.items():
            assert times <= (2 if key in self.in_doubt else 1)

    @invariant()
    def whatever_is_not_at_rest_has_somebody_who_must_look(self) -> None:
        see(school_id=self.cast.school.pk)
        unread = {one.concern: one for one in asked.unread()}
        for record in self._records():
            state = record.state
            if state in UNREAD:
                assert unread[record.concern.pk].told
            elif state not in AT_REST:
                assert record.readings, "somebody has read it and holds it"

    def _readable(self, key: str, place: int) -> Concern | None:
        as_person(self.cast, key)
        mine = list(access.readable(who(self.cast, key, self.at)).order_by("pk"))
        return mine[place % len(mine)] if mine else None

    def _try(self, verb, key: str, concern: Concern, **given: object) -> None:  # type: ignore[no-untyped-def]
        as_person(self.cast, key)
        if not access.readable(who(self.cast, key, self.at)).filter(pk=concern.pk).exists():
            return
        with suppress(SafeguardingError):
            verb(hand=hand(self.cast, key, concern, self.tick()), **given)

    def _records(self) -> list[Record]:
        """All that the head reads: nothing here is about the head."""
        as_person(self.cast, "ruth")
        return records(list(Concern.objects.order_by("pk")))


def test_no_order_of_events_ticks_and_deaths_breaks_the_laws(medway: Cast, now: datetime) -> None:
    Life.cast, Life.begins = medway, now
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    as_person(medway, "ruth")
    assert not any(model.objects.exists() for model in (Concern, Alert, Reading, Step))
