"""Where concerns stand, folded out of what was written down about them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from schoolgate.safeguarding.models import Addition, Alert, Concern, Reading, Step
from schoolgate.safeguarding.states import Event, Outcome, State, close_as, folded

Kind = Step.Kind
EVENTS = {
    Kind.TRIAGE: Event.TRIAGE,
    Kind.ACTION: Event.ACT,
    Kind.DONE: Event.DONE,
    Kind.REVIEW: Event.SET_REVIEW,
    Kind.AGREED: Event.AGREE,
    Kind.DISAGREED: Event.DISAGREE,
    Kind.REOPENED: Event.REOPEN,
    Kind.PASSED: Event.PASS,
    Kind.HANDED_OVER: Event.HAND_OVER,
}


@dataclass
class Record:
    """Everything about one concern, in its order, as far as somebody may read it."""

    concern: Concern
    alerts: list[Alert] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)

    @property
    def state(self) -> State:
        """Where it stands now."""
        return folded(event for _, _, event in sorted(self._happened()))

    @property
    def outcome(self) -> str:
        """What it was last decided to be, or nothing."""
        return next((one.outcome for one in reversed(self.steps) if one.kind == Kind.TRIAGE), "")

    @property
    def called_at(self) -> datetime:
        """When somebody was last called to look at it (UTC)."""
        again = [one.at for one in self.additions if one.kind == Addition.Kind.STILL_WORRIED]
        again += [one.at for one in self.steps if one.kind == Kind.PASSED]
        return max([self.concern.raised_at, *again])

    @property
    def is_passed(self) -> bool:
        """Whether it came to the case manager from the lead."""
        return any(one.kind == Kind.PASSED for one in self.steps)

    @property
    def is_about_adult(self) -> bool:
        """Whether it belongs to the case manager alone."""
        return self.concern.about_adult or self.is_passed

    @property
    def read_by_others(self) -> list[Reading]:
        """Readings since the last call, but not by who raised it."""
        return [
            one
            for one in self.readings
            if one.at >= self.called_at and one.member.user_id != self.concern.author_user_id
        ]

    @property
    def open_actions(self) -> list[Step]:
        """Actions of which nobody has said yet that they are done."""
        done = {one.of_id for one in self.steps if one.kind == Kind.DONE}
        return [one for one in self.steps if one.kind == Kind.ACTION and one.pk not in done]

    @property
    def review_at(self) -> datetime | None:
        """When it is to be looked at again, if that was set last (UTC)."""
        dates = [one.due_at for one in self.steps if one.kind == Kind.REVIEW]
        return dates[-1] if dates and self.state is State.REVIEW else None

    @property
    def lado_is_owed(self) -> bool:
        """Whether the LADO is to be told and nobody has said that they were."""
        if not self.is_about_adult or any(one.kind == Kind.TOLD_LADO for one in self.steps):
            return False
        decided = [
            one for one in self.steps if one.at >= self.called_at and one.kind == Kind.TRIAGE
        ]
        return not decided or decided[-1].outcome == Outcome.LADO

    def _happened(self) -> Iterable[tuple[datetime, int, Event]]:
        for alert in self.alerts:
            if alert.sent_at:
                yield alert.sent_at, 1, Event.ALERT
        for reading in self.readings:
            yield reading.at, 2, Event.READ
        for place, step in enumerate(self.steps, start=3):
            yield step.at, place, event_of(step)
        for addition in self.additions:
            if addition.kind == Addition.Kind.STILL_WORRIED:
                yield addition.at, 0, Event.WORRY


def event_of(step: Step) -> Event:
    """What a step did to the state; a note does nothing."""
    if step.kind == Kind.CLOSING:
        return close_as(step.outcome)
    return EVENTS.get(Kind(step.kind), Event.NOTE)


def records(concerns: Sequence[Concern]) -> list[Record]:
    """The records of several concerns, by four queries."""
    found = {one.pk: Record(one) for one in concerns}
    rows: dict[str, Iterable[Alert | Reading | Step | Addition]] = {
        "alerts": Alert.objects.filter(concern__in=found).select_related("member"),
        "readings": Reading.objects.filter(concern__in=found).select_related("member"),
        "steps": Step.objects.filter(concern__in=found).select_related("of", "member"),
        "additions": Addition.objects.filter(concern__in=found),
    }
    kept: dict[tuple[str, int], list[object]] = defaultdict(list)
    for name, all_of_them in rows.items():
        for row in all_of_them:
            assert row.concern_id is not None  # filtered by concern
            kept[name, row.concern_id].append(row)
    for (name, concern), some in kept.items():
        getattr(found[concern], name).extend(some)
    return [found[one.pk] for one in concerns]


def record_of(concern: Concern) -> Record:
    """The record of one concern."""
    return records([concern])[0]
