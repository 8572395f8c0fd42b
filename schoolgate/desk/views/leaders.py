"""The pages of the head and of the group's lead."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import group_lead, leader, opened_to
from schoolgate.accounts.reaching import places_reached
from schoolgate.conversations import access
from schoolgate.conversations.actions.handing_over import hand_over
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.routing import Owner
from schoolgate.desk.group import of_schools
from schoolgate.desk.head import head_page, liaison_here
from schoolgate.desk.version import version_of


@opened_to(leader)
@require_safe
def head(request: HttpRequest) -> HttpResponse:
    """What the day asks of the head, in order of time (Clauses 2.2-H1, 2.2-H2)."""
    who = who_asks(request)
    # The version first: what happens while the page is made is then seen by the next asking.
    page = {"version": version_of(who), **head_page(who)}
    return render(request, "desk/head.html", page)


@opened_to(leader)
@require_POST
def liaison(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask family liaison by one press; the time that the family was given stays (2.2-T7)."""
    who = who_asks(request)
    conversation = access.one_as_team(who, public_id)
    to = liaison_here(conversation.school, who.at)
    if to is None:
        raise Http404
    try:
        with transaction.atomic():
            hand_over(
                actor=who.actor,
                conversation=conversation,
                to=Owner(member=to),
                summary=_("{name} asks you to help with this.").format(name=who.actor.name),
                at=who.at,
            )
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    else:
        words = _("{name} has it now. The time that we gave stays the same.")
        messages.success(request, words.format(name=to.name))
    return redirect("head", school=conversation.school.slug)


@opened_to(group_lead)
@require_safe
def group(request: HttpRequest) -> HttpResponse:
    """Numbers of the schools of the group, and what one holds as acting head (threat T24)."""
    who = who_asks(request)
    places = places_reached(request, who.at)
    return render(request, "desk/group.html", {"schools": of_schools(who, places)})
