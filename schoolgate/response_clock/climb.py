"""How a promise climbs while nobody answers: the moments of its steps, by kind; pure.

Half and three quarters remind whoever has it; then cover has it, then the leader. What a kind does
not have is None. Each step is taken once; a later one takes an earlier one with it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from schoolgate.response_clock.reckoning import known, nudges
from schoolgate.working_time.calendar import WorkingCalendar
from schoolgate.working_time.length import Length


class Step(IntEnum):
    """The steps, in the order in which they are taken."""

    NONE = 0
    HALF = 1
    THREE_QUARTERS = 2
    COVER = 3
    LEADER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """When each step of one promise falls due (aware); None where there is none."""

    half_at: datetime | None = None
    three_quarters_at: datetime | None = None
    cover_at: datetime | None = None
    leader_at: datetime | None = None

    @property
    def moments(self) -> tuple[tuple[Step, datetime], ...]:
        """The steps that there are, with their moments, in order."""
        steps = (
            (Step.HALF, self.half_at),
            (Step.THREE_QUARTERS, self.three_quarters_at),
            (Step.COVER, self.cover_at),
            (Step.LEADER, self.leader_at),
        )
        return tuple((step, at) for step, at in steps if at is not None)

    def next_after(self, climbed: int) -> datetime | None:
        """When the next step falls due after the one last taken."""
        return min((at for step, at in self.moments if step > climbed), default=None)

    def reached(self, climbed: int, at: datetime) -> Step:
        """The highest step that has come at a moment and was not taken yet, or NONE."""
        come = (step for step, due in self.moments if step > climbed and due <= at)
        return max(come, default=Step.NONE)


def climb(
    kind: str,
    *,
    calendar: WorkingCalendar,
    start: datetime,
    due: datetime | None,
    act_by: datetime | None,
    leader_after: Length,
) -> Climb:
    """The steps of a promise of a kind; none where its due moment is not known (Clause 2.2-T1).

    A reply goes to cover when it is due and to the leader `leader_after` later. The head's alarm
    within the school runs on the act-by moment (decision 16). An update is reminded of once, before
    it is due (Clause 2.2-H4). Who has the tray is reminded, and at its hour leaders hear of it.
    """
    if due is None:
        return Climb()
    reminded = known(lambda: nudges(calendar, start, due))
    # Without open time before the due moment nobody is reminded at the moment of the receipt.
    half, three_quarters = (one if one > start else None for one in reminded or (start, start))
    if kind == "update":
        return Climb(three_quarters_at=three_quarters, leader_at=due)
    if kind == "head":
        return Climb(
            half_at=half,
            three_quarters_at=three_quarters,
            cover_at=act_by if act_by and act_by < due else None,
            leader_at=due,
        )
    if kind in {"leader", "tray"}:
        return Climb(half_at=half, three_quarters_at=three_quarters, leader_at=due)
    return Climb(
        half_at=half,
        three_quarters_at=three_quarters,
        cover_at=due,
        leader_at=known(lambda: leader_after.after(due, calendar)),
    )
