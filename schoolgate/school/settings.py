"""All that a school's policy fixes and that may differ between schools, from one TOML file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from schoolgate.school.errors import SettingsError, SettingsProblem
from schoolgate.school.hours_reading import own_closures, read_calendar_part, read_part_time
from schoolgate.school.settings_parts import (
    Brand,
    CalendarEntries,
    Choices,
    Contact,
    EmailRoute,
    Ethos,
    ForToday,
    Group,
    HomeTime,
    HoursKind,
    IsamsVariation,
    KindOfHours,
    Promises,
    Sending,
    Telephone,
)
from schoolgate.school.settings_reading import Table, open_document
from schoolgate.school.settings_sections import (
    read_brand,
    read_choices,
    read_contact,
    read_email,
    read_ethos,
    read_for_today,
    read_group,
    read_leaders,
    read_promises,
    read_sending,
    read_slug,
    read_telephone,
)
from schoolgate.working_time.bank_holidays import BankHolidays
from schoolgate.working_time.calendar import Block, Closure, Week, WorkingCalendar

# Calendars remember the spans that they made; an office changes its entries a few times a year.
_KEPT_CALENDARS = 32


@dataclass(frozen=True, kw_only=True)
class SchoolSettings:
    """One school's settings, read and checked.

    The three calendars take `entries` (from the app) in place of the file's own terms, closures
    and INSET days; hours, bank holidays and the value of a working day stay the file's.
    """

    slug: str
    name: str
    group: Group
    brand: Brand
    contact: Contact
    timezone: str
    bank_holidays: BankHolidays
    entries: CalendarEntries
    inset_counts: bool
    core_day: timedelta | None
    hours: KindOfHours
    office_hours: KindOfHours
    safeguarding_hours: KindOfHours
    home_time: HomeTime
    part_time: tuple[tuple[str, KindOfHours], ...]
    promises: Promises
    today: ForToday
    head_title: str
    head_holders: tuple[str, ...]
    ladder: tuple[str, ...]
    email_route: EmailRoute
    mailbox: str
    mail_domains: tuple[str, ...]
    inbound_address: str
    isams_variation: IsamsVariation | None
    approved_apps: tuple[str, ...]
    calendar_published: bool
    support_teams: tuple[str, ...]
    sending: Sending
    telephone: Telephone
    ethos: Ethos
    choices: Choices

    def notices_may_be_emailed(self, at: datetime) -> bool:
        """Whether a notice without content may go by plain email at a moment (UTC).

        At an iSAMS school only while what the head has recorded holds (O17, clause 2.1-M2a).
        """
        if self.email_route is not EmailRoute.ISAMS:
            return True
        held = self._variation_at(at)
        return bool(held and held.portal_counts_as_parent_portal)

    def codes_may_be_emailed(self, at: datetime) -> bool:
        """Whether a sign-in code may go by plain email at a moment (UTC; decision 11, 2.1-M2a)."""
        if self.email_route is not EmailRoute.ISAMS:
            return True
        held = self._variation_at(at)
        return bool(held and held.codes_may_be_sent)

    def _variation_at(self, at: datetime) -> IsamsVariation | None:
        """What the head has recorded, on the days on which it holds by the school's clock."""
        day = at.astimezone(ZoneInfo(self.timezone)).date()
        held = self.isams_variation
        return held if held and held.holds_on(day) else None

    def reply_calendar(self, entries: CalendarEntries | None = None) -> WorkingCalendar:
        """When promises run: `[hours]`, the core hours of clause 2.2-T1."""
        return self._calendar(HoursKind.REPLY, entries)

    def office_calendar(self, entries: CalendarEntries | None = None) -> WorkingCalendar:
        """When the office is staffed."""
        return self._calendar(HoursKind.OFFICE, entries)

    def safeguarding_calendar(self, entries: CalendarEntries | None = None) -> WorkingCalendar:
        """From the first child's arrival to the last child home (decision 9)."""
        return self._calendar(HoursKind.SAFEGUARDING, entries)

    def personal_calendar(
        self, week: Week, entries: CalendarEntries | None = None
    ) -> WorkingCalendar:
        """The reply calendar of somebody with a week of their own.

        A half day of the school shortens it and never opens a day off. A working day is worth the
        length of the person's own days.
        """
        calendar = self._calendar(HoursKind.REPLY, entries)
        own = tuple(within(closure, week) for closure in calendar.closures)
        return replace(calendar, week=week, closures=own, core_day=None)

    def home_time_on(self, day: date, entries: CalendarEntries | None = None) -> datetime | None:
        """When the children go home on `day`, in the school's zone; None if none are there."""
        calendar = self.safeguarding_calendar(entries)
        own = dict(self.home_time.own_days)
        at = own.get(day, self.home_time.week[day.weekday()])
        if at is None or (day not in own and not calendar.opens_on(day)):
            return None
        return calendar.local_moment(datetime.combine(day, at))

    def _calendar(self, kind: HoursKind, entries: CalendarEntries | None) -> WorkingCalendar:
        key = (kind, entries)
        if key not in self._calendars:
            if len(self._calendars) >= _KEPT_CALENDARS:
                self._calendars.clear()
            hours: KindOfHours = getattr(self, kind.value)
            self._calendars[key] = self._built(hours, kind, entries or self.entries)
        return self._calendars[key]

    @cached_property
    def _calendars(self) -> dict[tuple[HoursKind, CalendarEntries | None], WorkingCalendar]:
        return {}

    def _built(
        self, hours: KindOfHours, kind: HoursKind, entries: CalendarEntries
    ) -> WorkingCalendar:
        return WorkingCalendar(
            timezone=self.timezone,
            week=hours.week,
            terms=entries.terms,
            closures=closures_of(kind, entries),
            inset=entries.inset,
            inset_counts=hours.inset_counts,
            bank_holidays=self.bank_holidays,
            core_day=self.core_day if kind is HoursKind.REPLY else None,
        )


def closures_of(kind: HoursKind, entries: CalendarEntries) -> tuple[Closure, ...]:
    """The closures that hold for one kind of hours: its own, and those of the school.

    A half day of the school shortens reply and office hours alone. When the last child is home on
    such a day only the kind's own entry can say; without one the safeguarding hours stay long,
    which keeps somebody watching rather than nobody.
    """
    own = {closure.date: closure for of_kind, closure in entries.own_closures if of_kind is kind}
    of_school = [
        closure
        for closure in entries.closures
        if closure.date not in own and (kind is not HoursKind.SAFEGUARDING or not closure.hours)
    ]
    return tuple(sorted([*own.values(), *of_school], key=lambda closure: closure.date))


def within(closure: Closure, week: Week) -> Closure:
    """A closure's open hours as far as they lie in somebody's own week."""
    own = week[closure.date.weekday()]
    pairs = [(max(a.start, b.start), min(a.end, b.end)) for a in closure.hours for b in own]
    return Closure(closure.date, tuple(Block(first, last) for first, last in pairs if first < last))


def load(path: Path) -> SchoolSettings:
    """Read a school's file. Raises SettingsError with every problem: file, line, key, sentence."""
    return parse(_text_of(path), str(path))


def load_calendar(path: Path) -> WorkingCalendar:
    """Read a calendar file, of whose kinds of hours only `[hours]` is required.

    Raises SettingsError.
    """
    return parse_calendar(_text_of(path), str(path))


def parse(text: str, file_name: str) -> SchoolSettings:
    """Read a school's settings from text; `file_name` is for the messages. Raises SettingsError."""
    top = open_document(text, file_name)
    settings = _read(top)
    top.close()
    top.findings.raise_any()
    if settings is None:
        raise AssertionError("a required key was missing without a finding")
    return settings


def parse_calendar(text: str, file_name: str) -> WorkingCalendar:
    """Read a calendar file's text. Raises SettingsError."""
    top = open_document(text, file_name)
    part = read_calendar_part(top, for_a_school=False)
    top.close()
    top.findings.raise_any()
    return WorkingCalendar(
        timezone=part.timezone,
        week=part.hours.week,
        terms=part.entries.terms,
        closures=closures_of(HoursKind.REPLY, _with_own(part.entries, own_closures(part))),
        inset=part.entries.inset,
        inset_counts=part.hours.inset_counts,
        bank_holidays=part.bank_holidays,
        core_day=part.core_day,
    )


def _read(top: Table) -> SchoolSettings | None:
    part = read_calendar_part(top, for_a_school=True)
    email, leaders = read_email(top), read_leaders(top)
    slug, name = read_slug(top), top.text("name", required=True)
    part_time, promises = read_part_time(top), read_promises(top)
    today = read_for_today(top)
    group, brand, contact = read_group(top), read_brand(top), read_contact(top)
    ethos, choices = read_ethos(top), read_choices(top, leaders.holders)
    approved_apps, support_teams = top.texts("approved_apps"), top.texts("support_teams")
    sending, telephone = read_sending(top), read_telephone(top, contact)
    calendar_published = top.flag("calendar_published", default=False)
    if part.safeguarding_hours is None or part.home_time is None:
        return None
    return SchoolSettings(
        slug=slug,
        name=name,
        group=group,
        brand=brand,
        contact=contact,
        timezone=part.timezone,
        bank_holidays=part.bank_holidays,
        entries=_with_own(part.entries, own_closures(part)),
        inset_counts=part.inset_counts,
        core_day=part.core_day,
        hours=part.hours,
        office_hours=part.office_hours,
        safeguarding_hours=part.safeguarding_hours,
        home_time=part.home_time,
        part_time=part_time,
        promises=promises,
        today=today,
        head_title=leaders.title,
        head_holders=leaders.holders,
        ladder=leaders.ladder,
        email_route=email.route,
        mailbox=email.mailbox,
        mail_domains=email.domains,
        inbound_address=email.inbound,
        isams_variation=email.variation,
        approved_apps=approved_apps,
        calendar_published=calendar_published,
        support_teams=support_teams,
        sending=sending,
        telephone=telephone,
        ethos=ethos,
        choices=choices,
    )


def _with_own(
    entries: CalendarEntries, own: Iterable[tuple[HoursKind, Closure]]
) -> CalendarEntries:
    return CalendarEntries(entries.terms, entries.closures, entries.inset, tuple(own))


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        words = f"This file cannot be read ({(error.strerror or str(error)).lower()})."
    except UnicodeDecodeError:
        words = "This file is not a text in UTF-8."
    raise SettingsError([SettingsProblem(0, "", words, str(path))])
