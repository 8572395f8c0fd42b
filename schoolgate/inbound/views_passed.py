"""What the office has passed to a team member about a child; no family sees it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.inbound import access
from schoolgate.inbound.actions.filing import see_to
from schoolgate.ledger.actions import record

MOST = 100


@opened_to(a_team_member)
@require_safe
def passed(request: HttpRequest) -> HttpResponse:
    """Everything that was passed to one, what is unseen first."""
    return render(
        request, "inbound/passed.html", {"rows": access.passed_on(who_asks(request))[:MOST]}
    )


@opened_to(a_team_member)
@require_safe
def passed_item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One of them."""
    who = who_asks(request)
    item = access.one_passed_on(who, public_id)
    record(
        actor=who.actor,
        verb="looked at",
        school_id=item.school_id,
        about=("tray item", item.public_id),
        at=who.at,
    )
    return render(request, "inbound/passed_item.html", {"item": item})


@opened_to(a_team_member)
@require_POST
def seen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One has seen it."""
    who = who_asks(request)
    item = access.one_passed_on(who, public_id)
    see_to(actor=who.actor, item=item, at=who.at)
    messages.success(request, _("The record says that you have seen it."))
    return redirect("passed", school=item.school.slug)
