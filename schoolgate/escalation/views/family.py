"""The family's side: ask the headteacher, say that it is settled, make it a complaint."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, opened_to
from schoolgate.conversations import access as conversations
from schoolgate.conversations.actions.pressing import written_already
from schoolgate.conversations.errors import ConversationError
from schoolgate.design.choosing import offer
from schoolgate.escalation import access
from schoolgate.escalation.actions.leading import make_a_complaint, say_it_is_settled
from schoolgate.escalation.actions.taking_further import Ask, ask_the_head
from schoolgate.escalation.errors import EscalationError
from schoolgate.escalation.forms import AskTheHead, Complain
from schoolgate.escalation.people import whom_a_parent_may_name
from schoolgate.response_clock.actions import head_times, reckon


@opened_to(a_carer)
@require_http_methods(["GET", "POST"])
def headteacher(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the headteacher: one press, no permission, at any time (Clause 2.2-H3)."""
    who = who_asks(request)
    conversation = conversations.one_as_carer(who, public_id)
    form = AskTheHead(request.POST or None)
    offer(form, "about", whom_a_parent_may_name(conversation, who.at))
    if request.method == "POST" and form.is_valid() and who.carer:
        once = form.cleaned_data["once"] or uuid4()
        known = written_already(once)
        if known and known.carer == who.carer:
            return redirect(known.conversation.page)
        ask = Ask(
            words=form.cleaned_data["words"],
            about=form.cleaned_data["about"],
            once=once,
        )
        try:
            with transaction.atomic():
                asked = ask_the_head(
                    actor=who.actor,
                    carer=who.carer,
                    conversation=conversation,
                    ask=ask,
                    at=who.at,
                )
        except (EscalationError, ConversationError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The headteacher has been asked."))
            return redirect(asked.conversation.page + "#promise")
    school = conversation.school
    page = {
        "conversation": conversation,
        "form": form,
        "times": head_times(school, reckon(school, who.at)),
        "settings": school.settings,
    }
    return render(
        request, "escalation/headteacher.html", page, status=422 if form.is_bound else 200
    )


@opened_to(a_carer)
@require_POST
def settlement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is settled, says the family."""
    who = who_asks(request)
    escalation = access.own_open(who, public_id)
    try:
        say_it_is_settled(actor=who.actor, escalation=escalation, at=who.at)
    except EscalationError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Good. You can ask again at any time."))
    return redirect(escalation.conversation.page)


@opened_to(a_carer)
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a complaint of it, in one's own words."""
    who = who_asks(request)
    escalation = access.own_open(who, public_id)
    form = Complain(request.POST or None)
    if request.method == "POST" and form.is_valid() and who.carer:
        try:
            made = make_a_complaint(
                actor=who.actor,
                carer=who.carer,
                escalation=escalation,
                words=form.cleaned_data["words"],
                at=who.at,
            )
        except (EscalationError, ConversationError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your complaint has reached the school."))
            return redirect(made.page + "#promise")
    page = {"escalation": escalation, "conversation": escalation.conversation, "form": form}
    return render(request, "escalation/complaint.html", page, status=422 if form.is_bound else 200)
