"""The record of a concern: what was said, decided and done, each a row that is never changed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolgate.people.access import Who
from schoolgate.people.models import TeamMember
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.actions.raising import call_who_must_look
from schoolgate.safeguarding.errors import (
    ActionsOpen,
    NamedInVain,
    NobodyLeft,
    NothingWritten,
    NotNow,
    ReasonMissing,
    SamePerson,
)
from schoolgate.safeguarding.models import Concern, Step
from schoolgate.safeguarding.readers import told
from schoolgate.safeguarding.standing import Record, event_of, record_of
from schoolgate.safeguarding.states import Outcome, after

Kind = Step.Kind
NOTES = frozenset({Kind.DISCUSSION, Kind.DECISION, Kind.OUTCOME, Kind.AMENDMENT, Kind.TOLD_LADO})
OF_AN_ADULT = frozenset({Outcome.LADO, Outcome.LOW_LEVEL})


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, into which concern, and when (UTC)."""

    who: Who
    concern: Concern
    at: datetime


@transaction.atomic
def decide(*, hand: Hand, outcome: str, reason: str, member: TeamMember | None = None) -> Step:
    """Say what it is, with the reason (5.4 TRIAGED).

    About an adult who works here it goes on to the case manager at once, and leaves the sight of
    the lead and deputies (decision 6); where the head is named, past the head to the group's lead.
    Raises ReasonMissing, NamedInVain, NotNow.
    """
    if not reason.strip():
        raise ReasonMissing
    record = _opened(hand)
    if member is not None and outcome not in OF_AN_ADULT:
        raise NamedInVain
    if outcome in OF_AN_ADULT and (member is not None or not record.is_about_adult):
        return _pass_on(hand, record, outcome, reason, member)
    return _write(hand, record, Kind.TRIAGE, reason, outcome=Outcome(outcome))


@transaction.atomic
def note(*, hand: Hand, kind: str, words: str) -> Step:
    """Add a discussion, a decision, an outcome or what puts a row right (KCSIE).

    Raises NothingWritten, NotNow.
    """
    if kind not in NOTES:
        raise NotNow
    return write_note(hand=hand, kind=Kind(kind), words=words)


@transaction.atomic
def act(*, hand: Hand, words: str, due_at: datetime) -> Step:
    """Set an action and by when (UTC). Raises NothingWritten, NotNow."""
    return _write(hand, _opened(hand), Kind.ACTION, words, due_at=due_at)


@transaction.atomic
def done(*, hand: Hand, action: Step, words: str) -> Step:
    """Say that an action is done, or what came of it. Raises NothingWritten, NotNow."""
    record = _opened(hand)
    if action not in record.open_actions:
        raise NotNow
    return _write(hand, record, Kind.DONE, words, of=action)


@transaction.atomic
def set_review(*, hand: Hand, words: str, due_at: datetime) -> Step:
    """Say when it is looked at again (5.4 REVIEW; UTC). Raises NothingWritten, NotNow."""
    return _write(hand, _opened(hand), Kind.REVIEW, words, due_at=due_at)


@transaction.atomic
def close(*, hand: Hand, words: str) -> Step:
    """Close with what came of it; what is no safeguarding concern a second person looks at (5.4).

    One about an adult here waits for no second person (decision 6). Raises ActionsOpen,
    NothingWritten, NotNow.
    """
    record = _opened(hand)
    if record.open_actions:
        raise ActionsOpen
    outcome = "" if record.is_about_adult else record.outcome
    return _write(hand, record, Kind.CLOSING, words, outcome=outcome)


@transaction.atomic
def look_again(*, hand: Hand, agrees: bool, words: str) -> Step:
    """A second person agrees that it was none, or sends it back to be decided anew (5.4).

    Raises SamePerson, NothingWritten, NotNow.
    """
    record = _opened(hand)
    closings = [one for one in record.steps if one.kind == Kind.CLOSING]
    if closings and closings[-1].by_user_id == hand.who.user_id:
        raise SamePerson
    return _write(hand, record, Kind.AGREED if agrees else Kind.DISAGREED, words)


@transaction.atomic
def reopen(*, hand: Hand, words: str) -> Step:
    """Open again what was closed or handed over. Raises NothingWritten, NotNow."""
    return _write(hand, _opened(hand), Kind.REOPENED, words)


@transaction.atomic
def keep_from(*, hand: Hand, member: TeamMember, reason: str) -> Step:
    """Keep one concern from one reader, such as a relative of the child (threat T19).

    The database keeps it from them at once. Raises NobodyLeft, ReasonMissing, NotNow.
    """
    if not reason.strip():
        raise ReasonMissing
    record = _opened(hand)
    kept = {one.member_id for one in record.steps if one.kind == Kind.KEPT_FROM} | {member.pk}
    people = told(school=hand.concern.school, about=None, about_adult=False, at=hand.at)
    if record.is_about_adult or not {one.pk for one in people} - kept:
        raise NobodyLeft
    return _write(hand, record, Kind.KEPT_FROM, reason, member=member)


@transaction.atomic
def hand_over(*, hand: Hand, reference: str) -> Step:
    """Say that it goes on in the school's own child-protection system, under which reference.

    Raises NothingWritten, NotNow: also at a school whose file is kept here.
    """
    if hand.concern.school.settings.choices.safeguarding_file == "here":
        raise NotNow
    return _write(hand, _opened(hand), Kind.HANDED_OVER, reference)


def write_note(*, hand: Hand, kind: Step.Kind, words: str, **more: object) -> Step:
    """A row of the record that changes no state. Raises NothingWritten, NotNow."""
    return _write(hand, _opened(hand), kind, words, **more)


def _pass_on(
    hand: Hand, record: Record, outcome: str, reason: str, member: TeamMember | None
) -> Step:
    """One row, after which the lead reads it no more; whoever holds it now is called."""
    step = _write(hand, record, Kind.PASSED, reason, outcome=Outcome(outcome), member=member)
    call_who_must_look(concern=hand.concern, at=hand.at)
    return step


def _opened(hand: Hand) -> Record:
    """The record as it is once nobody else is writing."""
    asked.take_turns(hand.concern.pk)
    return record_of(hand.concern)


def _write(hand: Hand, record: Record, kind: Step.Kind, words: str, **more: object) -> Step:
    if not words.strip():
        raise NothingWritten
    assert hand.who.member and hand.who.user_id  # sealed pages are for members
    step = Step(
        school=hand.concern.school,
        concern=hand.concern,
        kind=kind,
        words=words.strip(),
        by_name=hand.who.member.name,
        by_user_id=hand.who.user_id,
        at=hand.at,
        **more,
    )
    after(record.state, event_of(step))
    step.save(force_insert=True)
    return step
