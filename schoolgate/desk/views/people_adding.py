"""Adding people, and agency access for a day."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from schoolgate.accounts.actions.cards import issue_card
from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.desk.people_forms import AddCarer, AddMember, AddPupil, AgencyDay, OfficeForm
from schoolgate.people.access import Who
from schoolgate.people.actions.joining import add_carer, add_member, add_pupil, lend_group


@opened_to(office)
@require_http_methods(["GET", "POST"])
def new_pupil(request: HttpRequest) -> HttpResponse:
    """A child joins."""
    return _adding(request, AddPupil, _("Add a child"), add_pupil)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def new_carer(request: HttpRequest) -> HttpResponse:
    """An adult of a child's life is added; then linked on the child's page."""
    return _adding(request, AddCarer, _("Add a carer"), add_carer)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def new_member(request: HttpRequest) -> HttpResponse:
    """Somebody begins to work here (Clause 1.1-P9)."""
    return _adding(request, AddMember, _("Add a team member"), add_member)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest) -> HttpResponse:
    """One class, one day: the card is printed at once (decision 18)."""
    who = who_asks(request)
    form = AgencyDay(request.POST or None, who=who, initial={"day": who.at.date()})
    if request.method == "POST" and form.is_valid():
        member = add_member(actor=who.actor, school=_school(who), new=form.new(), at=who.at)
        group = form.cleaned_data["group"]
        lend_group(actor=who.actor, member=member, group=group, at=who.at)
        code = issue_card(actor=who.actor, person=member, at=who.at)
        page = {"person": member, "code": code, "settings": _school(who).settings}
        return render(request, "desk/card.html", page)
    return _form(request, form, _("Agency access for one class and one day"))


def _adding(
    request: HttpRequest, kind: type[OfficeForm], title: Any, verb: Callable[..., Any]
) -> HttpResponse:
    who = who_asks(request)
    form: Any = kind(request.POST or None, who=who)
    if request.method == "POST" and form.is_valid():
        one = verb(actor=who.actor, school=_school(who), new=form.new(), at=who.at)
        messages.success(request, _("{name} has been added.").format(name=one))
        return redirect("person", school=_school(who).slug, public_id=one.public_id)
    return _form(request, form, title)


def _form(request: HttpRequest, form: OfficeForm, title: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/people_form.html", {"form": form, "title": title}, status=status)


def _school(who: Who) -> Any:
    assert who.school is not None  # the gate admits people of a school only
    return who.school
