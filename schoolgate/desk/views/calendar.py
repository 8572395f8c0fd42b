"""The calendar: terms, closures and INSET days, by which every promise is counted."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.announcements.closing_days import TOLD
from schoolgate.design.dates import DayField, DayInput
from schoolgate.desk.calendar_page import days_of, last_change, moved_by
from schoolgate.people.access import Who
from schoolgate.school.actions.calendar import declare, withdraw
from schoolgate.school.errors import SchoolError
from schoolgate.school.models import CalendarEntry

MOST_DIGITS = 19
KINDS = (
    ("closure", _("Closed, or open for some hours only")),
    ("inset", _("INSET day")),
    ("term", _("Term")),
)


class NewDay(forms.Form):
    """A term, closure, half day or INSET day."""

    kind = forms.ChoiceField(
        label=_("What"), choices=KINDS, widget=forms.Select(attrs={"class": "field"})
    )
    first = DayField(
        label=_("First day"),
        widget=DayInput(attrs={"class": "field narrow", "type": "date"}),
    )
    last = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty for one day."),
        widget=DayInput(attrs={"class": "field narrow", "type": "date"}),
    )
    hours = forms.CharField(
        label=_("Open only"),
        required=False,
        help_text=_("On a half day, such as 08:00-12:00."),
        widget=forms.TextInput(attrs={"class": "field narrow"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "field"}),
    )


@opened_to(office)
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Every day that is declared, a form for one more, and what the last change moved."""
    who, form = who_asks(request), NewDay(request.POST or None)
    assert who.school is not None  # the gate admits people of a school only
    if request.method == "POST" and form.is_valid() and _declare(who, form):
        _say_what_moved(request, who)
        return redirect(reverse("calendar", kwargs={"school": who.school.slug}) + _offer(who))
    changed = last_change(who.school)
    page: dict[str, Any] = {
        "days": days_of(who.school),
        "today": timezone.localtime(who.at, ZoneInfo(who.school.settings.timezone)).date(),
        "form": form,
        "changed": changed,
        "moved": moved_by(who, changed) if changed else [],
        "to_tell": _just_entered(who, request.GET.get("tell", "")),
    }
    return render(request, "desk/calendar.html", page, status=422 if form.is_bound else 200)


@opened_to(office)
@require_POST
def calendar_withdrawal(request: HttpRequest, number: int) -> HttpResponse:
    """Take a declared day back."""
    who = who_asks(request)
    rows = CalendarEntry.objects.filter(school=who.school, withdrawn_at=None)
    withdraw(actor=who.actor, entry=get_object_or_404(rows, pk=number), at=who.at)
    _say_what_moved(request, who)
    return redirect("calendar", school=who.school.slug if who.school else "")


def _offer(who: Who) -> str:
    """Where families may want to hear of what was just entered: the page offers to tell them."""
    entry = CalendarEntry.objects.filter(school=who.school, kind__in=TOLD, declared_at=who.at)
    entry = entry.filter(withdrawn_at=None).order_by("-pk")
    newest = entry.first()
    return f"?tell={newest.pk}" if newest else ""


def _just_entered(who: Who, number: str) -> CalendarEntry | None:
    if not (number.isdecimal() and len(number) < MOST_DIGITS):
        return None
    rows = CalendarEntry.objects.filter(school=who.school, withdrawn_at=None, kind__in=TOLD)
    return rows.filter(pk=int(number)).first()


def _declare(who: Who, form: NewDay) -> bool:
    said = form.cleaned_data
    assert who.school is not None  # the gate admits people of a school only
    try:
        declare(
            actor=who.actor,
            school=who.school,
            kind=said["kind"],
            first=said["first"],
            last=said["last"] or said["first"],
            at=who.at,
            hours=[said["hours"].strip()] if said["hours"].strip() else (),
            reason=said["reason"],
        )
    except SchoolError as error:
        form.add_error("hours" if said["hours"] else "last", _(str(error)))
        return False
    return True


def _say_what_moved(request: HttpRequest, who: Who) -> None:
    moved = len(moved_by(who, who.at))
    words = ngettext(
        "Recorded. One promise has moved.", "Recorded. {n} promises have moved.", moved
    )
    messages.success(request, words.format(n=moved))
