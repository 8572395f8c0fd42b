"""The office's call list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.announcements import access
from schoolgate.announcements.actions.calling import note_call
from schoolgate.announcements.forms import Trying
from schoolgate.announcements.pages import calls_page


@opened_to(office)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Whom to ring, in order, each with the reason (Clause 2.1-M1)."""
    return render(request, "announcements/calls.html", calls_page(who_asks(request)))


@opened_to(office)
@require_POST
def tries(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what came of ringing somebody."""
    who = who_asks(request)
    call = access.one_call(who, number)
    form = Trying(request.POST)
    if form.is_valid() and who.member:
        note_call(
            actor=who.actor,
            member=who.member,
            call=call,
            outcome=form.cleaned_data["outcome"],
            confirmed=form.cleaned_data["confirmed"],
            at=who.at,
        )
        messages.success(request, _("Written down."))
    return redirect("calls", school=who.school.slug if who.school else "")
