"""The safeguarding lead's side: hold back with a reason, look again, let it go."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import opened_to, safeguarding_lead
from schoolgate.conversations.errors import ConversationError
from schoolgate.design.choosing import offer
from schoolgate.incidents import access
from schoolgate.incidents.actions.holding import Held, hold_back, lift, look_again
from schoolgate.incidents.errors import IncidentError
from schoolgate.incidents.forms import HoldBack, LookAgain
from schoolgate.incidents.models import Incident
from schoolgate.incidents.views.team import do, show
from schoolgate.people.access import Who
from schoolgate.people.models import TeamMember


@opened_to(safeguarding_lead)
@require_POST
def holds(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hold it back from one adult, or from everybody."""
    who = who_asks(request)
    form = HoldBack(request.POST)
    offer(form, "carer", access.adults_of(access.one(who, public_id), who.at))

    def verb(who: Who, member: TeamMember, found: Incident) -> str:
        held = Held(**form.cleaned_data)
        hold_back(who=who, incident=found, held=held, at=who.at)
        return _("Held back. Nothing is sent, and nobody is asked to ring.")

    return do(request, public_id, form, verb, "hold_form")


@opened_to(safeguarding_lead)
@require_POST
def lifting(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let it go: they are told at once."""
    who = who_asks(request)
    hold = access.one_hold(who, public_id)
    form = forms.Form(request.POST)
    try:
        with transaction.atomic():
            lift(who=who, hold=hold, at=who.at)
    except (IncidentError, ConversationError) as refusal:
        form.add_error(None, str(refusal))
        return show(request, who, access.one(who, hold.incident.public_id), 422, wrong_form=form)
    messages.success(request, _("It is held back no more. Whoever may have it has been told."))
    return redirect(hold.incident.page)


@opened_to(safeguarding_lead)
@require_POST
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say after another look that it goes on."""
    who = who_asks(request)
    hold = access.one_hold(who, public_id)
    form = LookAgain(request.POST)
    if form.is_valid():
        try:
            look_again(who=who, hold=hold, review_on=form.cleaned_data["review_on"], at=who.at)
        except IncidentError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It goes on. You are asked again on that day."))
            return redirect(hold.incident.page)
    return show(request, who, access.one(who, hold.incident.public_id), 422, wrong_form=form)
