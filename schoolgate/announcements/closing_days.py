"""A closure that is told and the calendar that says so: each offers the other."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.gates import office
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.starters import closure_words
from schoolgate.design.dates import DayField, DayInput
from schoolgate.people.access import Who
from schoolgate.response_clock.reckoning import known
from schoolgate.response_clock.words import day
from schoolgate.school.actions.calendar import declare
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import CalendarEntry, School

Kind = CalendarEntry.Kind
# What families are told of; a term is no news of one day.
TOLD = (Kind.CLOSURE, Kind.INSET)
MOST_DIGITS = 19


def _day(label: Any, help_text: Any = "") -> DayField:
    widget = DayInput(attrs={"type": "date", "class": "field narrow"})
    return DayField(label=label, help_text=help_text, widget=widget, required=False)


class ClosingDays(forms.Form):
    """From when until when the school is closed; nothing is entered where no day is named."""

    closed_from = _day(_("Closed on"))
    closed_until = _day(_("Last day"), _("Empty for one day."))
    open_only = forms.CharField(
        label=_("Open only"),
        help_text=_("On a half day, such as 08:00-12:00."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "field narrow"}),
    )

    def clean(self) -> dict[str, Any]:
        """Without a first day there is nothing to enter, and what else was typed is no wish."""
        said = super().clean() or self.cleaned_data
        more = said.get("closed_until") or (said.get("open_only") or "").strip()
        if more and not said.get("closed_from") and "closed_from" not in self.errors:
            self.add_error("closed_from", _("Please name the first day."))
        return said


def may_be_entered(who: Who, announcement: Announcement) -> bool:
    """Whether its sender is offered the calendar: of what closes, to those who keep it."""
    return announcement.is_safety and office(who)


def enter(form: ClosingDays, who: Who, at: datetime) -> bool:
    """Enter the named days, if any, unless they stand there already; whether any was named (UTC).

    Raises DayNotInOrder, LongerThanAYear, HoursNotReadable.
    """
    said, school = form.cleaned_data, who.school
    first = said["closed_from"]
    if first is None or school is None:
        return False
    last, hours = said["closed_until"] or first, said["open_only"].strip()
    known_already = CalendarEntry.objects.filter(
        school=school, kind=Kind.CLOSURE, first=first, last=last, withdrawn_at=None,
        hours=[hours] if hours else [],
    )  # fmt: skip
    if not known_already.exists():
        declare(
            actor=who.actor,
            school=school,
            kind=Kind.CLOSURE,
            first=first,
            last=last,
            hours=[hours] if hours else (),
            at=at,
        )
    return True


def begun_from_entry(who: Who, number: str) -> dict[str, Any]:
    """A closure for the whole school, as the form shows it, from a day of the calendar; or nothing.

    What the calendar does not know stays a gap, so that nothing can go without a person's word.
    """
    if not (number.isdecimal() and len(number) < MOST_DIGITS and who.school):
        return {}
    entry = CalendarEntry.objects.filter(
        school=who.school, pk=int(number), kind__in=TOLD, withdrawn_at=None
    ).first()
    if entry is None:
        return {}
    zone = ZoneInfo(who.school.settings.timezone)
    first, last = _noon(entry.first, zone), _noon(entry.last, zone)
    days = (day(first, zone), day(last, zone) if entry.last != entry.first else "")
    words = closure_words(
        days, hours=" ".join(entry.hours), reason=entry.reason, opens=_opens(who.school, last)
    )
    return {**words, "whole_school": True}


def _opens(school: School, last: datetime) -> str:
    """The day on which it is open again, in words; nothing beyond the calendar."""
    end = datetime.combine(last.date(), time(23, 59), tzinfo=last.tzinfo)
    opening = known(lambda: reply_calendar(school).next_opening(end))
    return day(opening, school.settings.timezone) if opening else ""


def _noon(one: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(one, time(12), tzinfo=zone)
