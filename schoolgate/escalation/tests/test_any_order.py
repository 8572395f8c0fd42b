"""Whatever happens in whatever order: nothing is lost, told twice, or left without an owner."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schoolgate.conversations.actions.closing import close, reopen
from schoolgate.conversations.actions.handing_over import cover_part_time, take
from schoolgate.conversations.actions.replying import hold
from schoolgate.conversations.actions.saying import say_it_did_not_answer, say_it_helped
from schoolgate.conversations.errors import ConversationError, NotAnAnswer
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes, writes_again
from schoolgate.delivery.models import Content, Parcel
from schoolgate.escalation.actions.climbing import climb_due
from schoolgate.escalation.actions.leading import redirect, say_it_is_settled, settle
from schoolgate.escalation.actions.telling import tell_families, tell_of_what_falls_due_beyond
from schoolgate.escalation.errors import EscalationError
from schoolgate.escalation.models import Escalation, Step
from schoolgate.escalation.tests.acting import asks, is_away, takes
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.absence import begin_absences, come_back
from schoolgate.people.actions.ending import end_access
from schoolgate.people.errors import PeopleError
from schoolgate.people.models import Absence, TeamMember
from schoolgate.people.presence import is_here
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise

PEOPLE = ("priya", "sam", "tom", "ruth", "lena", "grace")
REFUSALS = (ConversationError, EscalationError, PeopleError)
Happens = Callable[["Story", str], object]


class Undone(Exception):  # noqa: N818 - no error: the end of a story
    """The story is over; its rows go back."""


class Story:
    """One thread, and a clock that only goes on."""

    def __init__(self, cast: Cast, at: datetime) -> None:
        self.cast, self.at = cast, at
        self.thread = writes(cast, "ewa", "kuba", at)
        self.said = 1

    def member(self, key: str) -> TeamMember:
        """Somebody of the team as they are now."""
        return TeamMember.objects.get(pk=self.cast.team[key].pk)

    def escalation(self) -> Escalation:
        """The open one. Raises EscalationError."""
        found = Escalation.objects.filter(conversation=self.thread, ended_at=None).first()
        if found is None:
            raise EscalationError
        return found

    def family_writes(self, _who: str) -> None:
        """One more message of the family."""
        writes_again(self.cast, fresh(self.thread), self.at)
        self.said += 1

    def asks_the_head(self, _who: str) -> None:
        """The parent asks the head."""
        asks(self.cast, "ewa", fresh(self.thread), self.at)
        self.said += 1

    def latest_answer(self) -> Message:
        """The last word of the school. Raises ConversationError."""
        said = Message.objects.filter(conversation=self.thread, direction="school")
        found = said.order_by("-at", "-pk").first()
        if found is None:
            raise NotAnAnswer
        return found

    def did_not_answer(self, _who: str) -> None:
        """The family says that the last answer was none; pressed twice."""
        for _again in range(2):
            say_it_did_not_answer(
                actor=actor_of(self.cast, "ewa"), message=self.latest_answer(), at=self.at
            )

    def thanks(self, _who: str) -> None:
        """The family says that the last answer helped; nothing moves."""
        before = fresh(self.thread)
        say_it_helped(actor=actor_of(self.cast, "ewa"), message=self.latest_answer(), at=self.at)
        assert (fresh(self.thread).state, fresh(self.thread).due_at) == (
            before.state,
            before.due_at,
        )

    def minute(self, _who: str) -> None:
        """What recurs, twice: as after a restart."""
        school = self.cast.school
        for _again in range(2):
            begin_absences(school_id=school.pk, at=self.at)
            cover_part_time(school=school, at=self.at)
            climb_due(school=school, at=self.at)
            tell_families(school=school, at=self.at)
            tell_of_what_falls_due_beyond(school=school, at=self.at)

    def comes_back(self, who: str) -> None:
        """Somebody who was away is back."""
        for absence in Absence.objects.filter(member=self.cast.team[who], ended_at=None):
            come_back(actor=SYSTEM, absence=absence, at=self.at)

    def leaves(self, who: str) -> None:
        """Somebody's access ends; not the last leaders'."""
        if who not in {"ruth", "tom", "grace"}:
            end_access(actor=SYSTEM, member=self.member(who), at=self.at)


EVENTS: dict[str, Happens] = {
    "the family writes": Story.family_writes,
    "an answer was none": Story.did_not_answer,
    "an answer helped": Story.thanks,
    "the family asks the head": Story.asks_the_head,
    "it is settled for the family": lambda s, _: say_it_is_settled(
        actor=actor_of(s.cast, "ewa"), escalation=s.escalation(), at=s.at
    ),
    "somebody answers": lambda s, who: answers(s.cast, who, fresh(s.thread), s.at),
    "somebody names a day": lambda s, who: hold(
        actor=actor_of(s.cast, who),
        member=s.member(who),
        conversation=fresh(s.thread),
        body="I ask.",
        until=s.at + timedelta(days=2),
        at=s.at,
    ),
    "somebody takes it": lambda s, who: take(
        actor=actor_of(s.cast, who), conversation=fresh(s.thread), member=s.member(who), at=s.at
    ),
    "somebody takes it further": lambda s, who: takes(s.cast, who, fresh(s.thread), s.at),
    "the leader gives it on": lambda s, who: redirect(
        actor=actor_of(s.cast, "ruth"),
        escalation=s.escalation(),
        to=s.member(who),
        reason="They know.",
        at=s.at,
    ),
    "the leader settles it": lambda s, _: settle(
        actor=actor_of(s.cast, "ruth"), escalation=s.escalation(), words="So.", at=s.at
    ),
    "it is finished": lambda s, who: close(
        actor=actor_of(s.cast, who),
        member=s.member(who),
        conversation=fresh(s.thread),
        reason="Done.",
        at=s.at,
    ),
    "it is opened again": lambda s, _: reopen(
        actor=actor_of(s.cast, "ewa"), conversation=fresh(s.thread), at=s.at
    ),
    "somebody is away": lambda s, who: is_away(s.cast, who, s.at),
    "somebody is back": Story.comes_back,
    "somebody leaves": Story.leaves,
    "a minute of the worker": Story.minute,
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(sorted(EVENTS)), st.sampled_from(PEOPLE), st.sampled_from([0, 1, 5, 13, 30])
    ),
    min_size=1,
    max_size=14,
)


def tell_stories(cast: Cast, at: datetime, number: int, *, the_same: bool = False) -> None:
    """So many stories by chance; one that fails is printed with its steps."""

    @settings(
        max_examples=number,
        deadline=None,
        derandomize=the_same,
        phases=[Phase.generate],  # to shorten a failing story takes many minutes
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(steps=STEPS)
    def tell_one(steps: list[tuple[str, str, int]]) -> None:
        with suppress(Undone), transaction.atomic():
            story = Story(cast, at)
            for event, somebody, hours in steps:
                story.at += timedelta(hours=hours)
                said = story.said
                try:
                    with transaction.atomic():
                        EVENTS[event](story, somebody)
                except REFUSALS:
                    story.said = said
                story.minute(somebody)
                check(story)
            raise Undone

    tell_one()


def test_in_any_order_nothing_is_lost_told_twice_or_left_without_an_owner(
    medway: Cast, now: datetime
) -> None:
    tell_stories(medway, now, 20, the_same=True)


@pytest.mark.slow
def test_nor_in_four_hundred_stories_by_chance(medway: Cast, now: datetime) -> None:
    tell_stories(medway, now, 400)


def check(story: Story) -> None:
    """What must hold after every event."""
    thread = fresh(story.thread)
    at = story.at
    assert Message.objects.filter(direction="family").count() == story.said
    assert (thread.owner is None) == (thread.queue != "")
    if thread.owner is not None and thread.side == "school":
        leaders_here = any(is_here(story.member(key), at) for key in ("tom", "ruth", "grace"))
        assert is_here(thread.owner, at) or not leaders_here, "Who has it is away."
    waiting = Promise.objects.filter(
        subject=thread.public_id, stopped_at=None, withdrawn_at=None
    ).exclude(kind="update")
    assert waiting.exists() == (thread.side == "school"), "Waiting without a promise."
    leaders = waiting.filter(kind__in=["head", "leader"])
    if leaders.exists():
        assert Escalation.objects.filter(conversation=thread).exists()
    open_ones = Escalation.objects.filter(conversation=thread, ended_at=None)
    assert open_ones.count() <= 1
    for _one in open_ones:
        assert Promise.objects.filter(
            subject=thread.public_id,
            kind__in=["update", "news"],
            stopped_at=None,
            withdrawn_at=None,
        ).exists(), "An open issue without a moment for the next news."
    assert not (
        Parcel.objects.filter(content__purpose=Content.Purpose.ALERT)
        .values("content", "member")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .exists()
    ), "Somebody was told twice."
    taken = Step.objects.values("promise", "step", "fell_at").annotate(n=Count("pk"))
    assert not taken.filter(n__gt=1).exists()
    overdue = Promise.objects.filter(stopped_at=None, withdrawn_at=None, next_step_at__lte=at)
    assert not overdue.exists(), "A step that has come was not taken."
    assert Conversation.objects.count() == 1
