"""The queue: what is unread first, then by what is due next; initials only (decision 15)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from schoolgate.people.access import Who
from schoolgate.people.letters import plain
from schoolgate.response_clock.reckoning import add_working_days, known
from schoolgate.response_clock.words import hour, moment
from schoolgate.safeguarding.asked import circle
from schoolgate.safeguarding.models import Alert, Concern
from schoolgate.safeguarding.readers import UNREAD_FOR, on_call, rota, stands_with
from schoolgate.safeguarding.standing import Record, records
from schoolgate.safeguarding.states import UNREAD, State
from schoolgate.safeguarding.words import OUTCOMES, STATES
from schoolgate.school.calendars import reply_calendar, safeguarding_calendar
from schoolgate.school.models import School
from schoolgate.working_time.errors import BeyondCalendarError

ICONS = {State.RAISED: "latch-soon", State.ALERTED: "latch-soon", State.READ: "latch-today"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the queue."""

    record: Record
    is_unread: bool
    icon: str
    stands: str
    detail: str
    next_is: str
    due_at: datetime | None
    is_late: bool

    @property
    def concern(self) -> Concern:
        """The concern of this line."""
        return self.record.concern


def rows(who: Who, concerns: list[Concern]) -> list[Row]:
    """The lines of a queue, in the order in which they ask for somebody."""
    assert who.school is not None  # the page is a school's
    found = [_row(who.school, record, who.at) for record in records(concerns)]
    return sorted(found, key=_order)


def _order(row: Row) -> tuple[bool, bool, float, float]:
    """Unread first, then what is late or due soonest; what rests comes last."""
    due = row.due_at.timestamp() if row.due_at else float("inf")
    resting = row.record.state in {State.CLOSED, State.HANDED_OVER}
    return not row.is_unread, resting, due, -row.concern.raised_at.timestamp()


def _row(school: School, record: Record, at: datetime) -> Row:
    state = record.state
    next_is, due_at = _next(school, record, state)
    return Row(
        record=record,
        is_unread=state in UNREAD,
        icon=ICONS.get(state, "latch"),
        stands=_stands(record, state),
        detail=_detail(school, record, state, at),
        next_is=next_is,
        due_at=due_at,
        is_late=due_at is not None and due_at <= at,
    )


def _stands(record: Record, state: State) -> str:
    if state in {State.TRIAGED, State.ACTING} and record.outcome in OUTCOMES:
        outcome = str(OUTCOMES[record.outcome])
        return outcome[:1].upper() + outcome[1:]
    return str(STATES[state])


def _detail(school: School, record: Record, state: State, at: datetime) -> str:
    """Who was told and who comes next; or who read it."""
    if state in UNREAD:
        names = sorted(
            {one.member.name for one in record.alerts if one.rung_at >= record.called_at}
        )
        said = _("Told: {names}.").format(names=", ".join(names) or _("nobody"))
        parts = [said, with_whom(school, record, at), next_step_at(school, record)]
        return " ".join(filter(None, parts))
    if record.readings:
        last = record.readings[-1]
        return _("Read by {name}.").format(name=last.member.name)
    return ""


def with_whom(school: School, record: Record, at: datetime) -> str:
    """Whom an unread concern waits for at a moment (UTC): somebody who is here, if anybody is."""
    concern = record.concern
    found = stands_with(school, circle(concern.pk, author=concern.author_user_id), at)
    return _("It stands with {name}.").format(name=found.name) if found else ""


def next_step_at(school: School, record: Record) -> str:
    """When the next people are told if nobody reads it, in words; nothing once all are."""
    steps = {one.step for one in record.alerts if one.rung_at >= record.called_at}
    if Alert.Step.GROUP_LEAD in steps:
        return ""
    is_second = Alert.Step.FURTHER in steps
    calendar = safeguarding_calendar(school)
    try:
        at = calendar.add(record.called_at, UNREAD_FOR * (2 if is_second else 1))
    except BeyondCalendarError:
        return ""
    zone = school.settings.timezone
    is_same_day = at.date() == record.called_at.astimezone(calendar.zone).date()
    when = hour(at, zone) if is_same_day else moment(at, zone)
    if is_second:
        return _("If nobody reads it, the group’s lead is told: {when}.").format(when=when)
    return _("If nobody reads it, further people are told: {when}.").format(when=when)


def _next(school: School, record: Record, state: State) -> tuple[str, datetime | None]:
    """What comes next, and by when."""
    if state in UNREAD:
        return _("Open and read"), None
    if record.lado_is_owed:
        return _("Tell the LADO, or decide that it is below their threshold"), lado_due(
            school, record
        )
    actions = sorted(record.open_actions, key=lambda one: one.due_at or one.at)
    if actions and state not in {State.CLOSED, State.HANDED_OVER}:
        return actions[0].words[:80], actions[0].due_at
    if state is State.REVIEW:
        return _("Look at it again"), record.review_at
    return {
        State.READ: _("Decide what it is"),
        State.SAMPLING: _("Somebody else looks whether it was none"),
        State.TRIAGED: _("Say what is done, and by when"),
        State.ACTING: _("Look at it again, or close it"),
    }.get(state, ""), None


def lado_due(school: School, record: Record) -> datetime | None:
    """One working day after it came to the case manager (KCSIE); none beyond the calendar."""
    calendar = reply_calendar(school)
    return known(lambda: add_working_days(calendar, record.called_at, 1))


@dataclass(frozen=True, slots=True)
class Watch:
    """What stands above the queue: who watches when."""

    hours: str
    is_open: bool
    on_call: str


def watch(who: Who) -> Watch:
    """Safeguarding hours today, and who is on call outside them."""
    assert who.school is not None  # the page is a school's
    calendar = safeguarding_calendar(who.school)
    day = who.at.astimezone(calendar.zone).date()
    blocks = calendar.opens_on(day)
    hours = ", ".join(f"{_hour(one.start)}–{_hour(one.end)}" for one in blocks)
    ahead = rota(who.school, who.at, who.at + timedelta(days=1))
    names = sorted({one.member.name for one in ahead}, key=plain)
    return Watch(
        hours, bool(on_call(who.school, who.at)) or calendar.is_open(who.at), ", ".join(names)
    )


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
