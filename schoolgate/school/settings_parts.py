"""The parts of a school's settings, each a frozen record."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from schoolgate.working_time.calendar import Closure, Term, Week
from schoolgate.working_time.length import Length

HomeWeek = tuple[
    time | None, time | None, time | None, time | None, time | None, time | None, time | None
]


class EmailRoute(StrEnum):
    """How email may reach a family (D1)."""

    ISAMS = "isams"
    SCHOOL_MAILBOX = "school_mailbox"
    PORTAL_WITH_NOTICE = "portal_with_notice"


class ClickToCall(StrEnum):
    """How a number on a page is rung; each shows the school's number, or none (2.2-T4b)."""

    LINK = "link"
    SIP = "sip"
    TWILIO = "twilio"


class HeadCounting(StrEnum):
    """How the head's 24 hours are counted (O1)."""

    WORKING_DAYS = "working days"
    LITERAL = "literal"


class HoursKind(StrEnum):
    """The kinds of hours that have a calendar."""

    REPLY = "hours"
    OFFICE = "office_hours"
    SAFEGUARDING = "safeguarding_hours"


@dataclass(frozen=True, slots=True)
class Brand:
    """A school's colour: `hue` in degrees, `chroma` up to 0.11."""

    hue: int
    chroma: float


@dataclass(frozen=True, slots=True)
class Group:
    """The group that the school belongs to; `brands` and `statement` close its papers (D10)."""

    name: str = ""
    statement: str = ""
    brands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the school (clause 6.0-C); what a school does not have is empty (D7)."""

    address: tuple[str, ...]
    phone: str
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class KindOfHours:
    """One kind of hours: its week, its own closures and half days, whether INSET days count."""

    week: Week
    closures: tuple[Closure, ...] = ()
    inset_counts: bool = True


@dataclass(frozen=True, slots=True)
class HomeTime:
    """When the children go home, by weekday; `own_days` have another time, or none."""

    week: HomeWeek
    own_days: tuple[tuple[date, time | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarEntries:
    """The days that an office declares, in the file or in the app.

    `closures` hold for every kind of hours; `own_closures` for the one kind named, where they win.
    """

    terms: tuple[Term, ...] = ()
    closures: tuple[Closure, ...] = ()
    inset: frozenset[date] = frozenset()
    own_closures: tuple[tuple[HoursKind, Closure], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What the school promises, and how its clocks are read."""

    reply: Length
    head: Length
    acknowledge: Length | None = None
    head_counting: HeadCounting = HeadCounting.WORKING_DAYS
    head_reading_adopted_on: date | None = None
    update: Length
    tray: Length
    holding_limit: Length
    settled_after: Length
    did_not_answer_for: Length
    leader_after: Length
    day_before_list: time


@dataclass(frozen=True, slots=True)
class ForToday:
    """The minutes of what cannot wait, and from when families of missing children are rung.

    `seen_within` and `head_after` are staffed time of the office; `rings_from` is by the school's
    clock; `alarm_after` is how long a child is missing before head and safeguarding lead are told.
    """

    seen_within: timedelta
    head_after: timedelta
    rings_from: time
    alarm_after: timedelta


@dataclass(frozen=True, slots=True)
class IsamsVariation:
    """What the head has recorded that this portal may do at an iSAMS school (O17)."""

    recorded_by: str
    recorded_on: date
    portal_counts_as_parent_portal: bool
    codes_may_be_sent: bool
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day of the school: from the one it is dated to its last, if any."""
        return self.recorded_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends what can't wait, what a text costs, and two times of a working day.

    One part of a text in pence. Digests leave at `digest_at`, and at `not_reached_at` the office is
    told who was not reached; both in the school's zone.
    """

    urgent_senders: tuple[str, ...]
    text_price_pence: float | None
    digest_at: time
    not_reached_at: time


@dataclass(frozen=True, slots=True)
class Telephone:
    """The school's own lines by name, and how a press rings a family from one of them.

    A line whose name holds a number can be rung by itself. `sip_domain` is the trunk's.
    """

    lines: tuple[str, ...]
    click_to_call: ClickToCall
    sip_domain: str = ""


@dataclass(frozen=True, slots=True)
class Ethos:
    """Words of the school's ethos: its qualities (D5) and whose hard years it names (D6)."""

    qualities: tuple[str, ...]
    hard_years_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The proposed readings that a school may change; `readings.ODDITIES` says which is which."""

    reply_is: str
    staff_escalation_starts_head_clock: bool
    above_head: str
    concern_about_head_goes_to: str
    concern_about_dsl_goes_to: str
    safeguarding_on_call: bool
    safeguarding_tells_who_is_away: bool
    safeguarding_file: str
    not_responding_decided_by: tuple[str, ...]
    barred_adult_is_called: str
    app_chat_is_email: bool
    voicemail_starts_clock: bool
    parents_are_asked_within: Length
