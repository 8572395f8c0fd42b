"""The office's queue, what is for today of one's own children, and who collects."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, decides_on_limits, office, opened_to
from schoolgate.conversations import access as conversations
from schoolgate.design.choosing import offer
from schoolgate.people.access import Who
from schoolgate.people.models import ContactRoute
from schoolgate.today import access
from schoolgate.today.actions.arriving import add, of_message
from schoolgate.today.actions.collecting import check_again, confirm_by_ringing, decide
from schoolgate.today.actions.seeing import mark_seen, say_not_today
from schoolgate.today.calendars import local_day
from schoolgate.today.errors import TodayError
from schoolgate.today.forms import Because, Choose, RangAndAsked
from schoolgate.today.kinds import Chosen, Kind
from schoolgate.today.pages import pick_up_rows, today_page

MOST = 500


@opened_to(a_team_member)
@require_safe
def for_today(request: HttpRequest) -> HttpResponse:
    """What cannot wait: not seen first, with the minutes that are left (decision 1)."""
    return render(request, "today/for_today.html", today_page(who_asks(request)))


@opened_to(a_team_member)
@require_POST
def seeing(request: HttpRequest) -> HttpResponse:
    """Seen: one of them, or all that stood on the page."""
    who = who_asks(request)
    named = [one for one in request.POST.getlist("matter") if _is_id(one)][:MOST]
    rows = list(access.visible_to(who).filter(public_id__in=named))
    if who.member:
        seen = mark_seen(actor=who.actor, member=who.member, matters=rows, at=who.at)
        words = ngettext("Seen. The family reads that.", "{n} seen.", len(seen))
        messages.success(request, words.format(n=len(seen)))
    return _back(who)


@opened_to(a_team_member)
@require_POST
def not_today(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is not for today: its thread goes on with its own promise."""
    who = who_asks(request)
    matter = access.one_for_team(who, public_id)
    try:
        if who.member:
            say_not_today(actor=who.actor, member=who.member, matter=matter, at=who.at)
    except TodayError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken off. The conversation keeps its time."))
    return _back(who)


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def choosing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say of any message that it is for today; owner and promise stay."""
    who = who_asks(request)
    message = conversations.message_for_team(who, public_id)
    form = Choose(request.POST or None)
    if request.method == "POST" and form.is_valid() and who.member:
        add(
            actor=who.actor,
            source=of_message(message),
            kind=Kind(form.cleaned_data["kind"]),
            at=who.at,
            chosen=Chosen.PERSON,
            member=who.member,
        )
        messages.success(request, _("It is on the office’s list for today."))
        return redirect(message.conversation.page)
    page = {"message": message, "form": form}
    return render(request, "today/choosing.html", page, status=422 if form.is_bound else 200)


@opened_to(a_team_member)
@require_safe
def pick_ups(request: HttpRequest) -> HttpResponse:
    """Who else collects today: confirmed, waiting, refused; looked at again as the page opens."""
    who = who_asks(request)
    with transaction.atomic():
        for one in access.pick_ups(who, _today(who)):
            check_again(collection=one, at=who.at)
    page = {
        "rows": pick_up_rows(who, _today(who)),
        "decides": decides_on_limits(who),
        "is_office": office(who),
    }
    return render(request, "today/pick_ups.html", page)


@opened_to(office)
@require_POST
def rang(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The office rang a number that it knew before, and the carer said so."""
    who = who_asks(request)
    found = access.one_pick_up(who, public_id)
    form = RangAndAsked(request.POST)
    offer(form, "route", ContactRoute.objects.filter(carer=found.carer, ended_at=None))
    if not form.is_valid():
        messages.warning(request, _("Please choose the number that you rang."))
        return _to_pick_ups(who)
    try:
        if who.member:
            confirm_by_ringing(
                actor=who.actor,
                member=who.member,
                collection=found,
                route=form.cleaned_data["route"],
                at=who.at,
            )
    except TodayError as refusal:
        messages.warning(request, str(refusal))
    return _to_pick_ups(who)


@opened_to(decides_on_limits)
@require_POST
def deciding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The head or safeguarding lead lets a refused one be, with a reason."""
    who = who_asks(request)
    found = access.one_pick_up(who, public_id)
    form = Because(request.POST)
    try:
        if who.member:
            because = form.cleaned_data["because"] if form.is_valid() else ""
            decide(actor=who.actor, member=who.member, collection=found, because=because, at=who.at)
    except TodayError as refusal:
        messages.warning(request, str(refusal))
    return _to_pick_ups(who)


def _today(who: Who) -> date:
    assert who.school is not None  # the gate admits members of a school
    return local_day(who.school, who.at)


def _is_id(written: str) -> bool:
    try:
        UUID(written)
    except ValueError:
        return False
    return True


def _back(who: Who) -> HttpResponse:
    return redirect("for_today", school=who.school.slug if who.school else "")


def _to_pick_ups(who: Who) -> HttpResponse:
    return redirect("pick_ups", school=who.school.slug if who.school else "")
