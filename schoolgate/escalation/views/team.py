"""The team's side: take it further; for the leader, see it, give it on, settle it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations import access as conversations
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.routing import kept_from
from schoolgate.design.choosing import offer
from schoolgate.escalation import access
from schoolgate.escalation.actions.leading import note_receipt, settle
from schoolgate.escalation.actions.leading import redirect as give_on
from schoolgate.escalation.actions.taking_further import Step, take_further
from schoolgate.escalation.errors import EscalationError
from schoolgate.escalation.forms import Redirect, Settle, TakeFurther
from schoolgate.escalation.ladder import team_at
from schoolgate.escalation.models import Escalation
from schoolgate.escalation.pages import list_of, one_page, steps_to_offer
from schoolgate.escalation.people import may_have
from schoolgate.people.access import Who
from schoolgate.people.errors import OtherChildNamed


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def taking_further(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a conversation to the appropriate leader (Clauses 2.2-T8, 2.2-T8b)."""
    who = who_asks(request)
    conversation = conversations.one_as_team(who, public_id)
    above = team_at(conversation.school, who.at).above(
        conversation.owner, never=kept_from(conversation)
    )
    form = TakeFurther(request.POST or None)
    form.fields["role"].choices = steps_to_offer(above)  # type: ignore[attr-defined]  # choices
    if request.method == "POST" and form.is_valid() and who.member:
        try:
            with transaction.atomic():
                take_further(
                    actor=who.actor,
                    member=who.member,
                    conversation=conversation,
                    to=Step(**form.cleaned_data),
                    at=who.at,
                )
        except (EscalationError, ConversationError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It has been taken further. The family has been told."))
            return redirect(conversation.page)
    elif above:
        form.initial["role"] = above[0].role
    page = {"conversation": conversation, "form": form, "above": above}
    return render(
        request, "escalation/taking_further.html", page, status=422 if form.is_bound else 200
    )


@opened_to(a_team_member)
@require_safe
def escalated(request: HttpRequest) -> HttpResponse:
    """What was taken further and is open, with who has it, by when, and when news is due."""
    who = who_asks(request)
    return render(request, "escalation/escalated.html", {"rows": list_of(who)})


@opened_to(a_team_member)
@require_safe
def escalation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One of them: its way so far, and what the leader can do. Opening it is its receipt."""
    who = who_asks(request)
    found = access.one(who, public_id)
    if who.member:
        note_receipt(actor=who.actor, escalation=found, member=who.member, at=who.at)
        found.refresh_from_db()
    return _show(request, who, found)


@opened_to(a_team_member)
@require_POST
def redirection(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give it to somebody else, with a reason that the family reads."""
    who = who_asks(request)
    found = access.one(who, public_id)
    form = _redirect_form(who, found, request)
    if form.is_valid():
        try:
            with transaction.atomic():
                give_on(actor=who.actor, escalation=found, at=who.at, **form.cleaned_data)
        except (EscalationError, ConversationError, OtherChildNamed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Given on. The family has read why."))
            return redirect("escalated", school=found.school.slug)
    return _show(request, who, found, redirect_form=form, status=422)


@opened_to(a_team_member)
@require_POST
def settling(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Settle it after the answer."""
    who = who_asks(request)
    found = access.one(who, public_id)
    form = Settle(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                settle(
                    actor=who.actor,
                    escalation=found,
                    words=form.cleaned_data["words"],
                    named_because=form.cleaned_data["named_because"],
                    at=who.at,
                )
        except (EscalationError, ConversationError, OtherChildNamed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Settled. The family can ask again at any time."))
            return redirect("escalated", school=found.school.slug)
    return _show(request, who, found, settle_form=form, status=422)


def _redirect_form(who: Who, found: Escalation, request: HttpRequest | None = None) -> Redirect:
    form = Redirect(request.POST if request else None)
    offer(form, "to", may_have(found.conversation, who.at))
    return form


def _show(
    request: HttpRequest, who: Who, found: Escalation, status: int = 200, **forms: object
) -> HttpResponse:
    page = {
        **one_page(who, found),
        "redirect_form": _redirect_form(who, found),
        "settle_form": Settle(),
        **forms,
    }
    return render(request, "escalation/escalation.html", page, status=status)
