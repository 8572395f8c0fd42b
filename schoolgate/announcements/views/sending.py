"""Presses on the way: send, schedule, undo, ask the office, and what the office says."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, central_sender, opened_to
from schoolgate.announcements import access
from schoolgate.announcements.actions import asking, sending
from schoolgate.announcements.actions.naming import say_why
from schoolgate.announcements.closing_days import ClosingDays, enter, may_be_entered
from schoolgate.announcements.errors import AnnouncementError, DaysNotEntered, InThePast
from schoolgate.announcements.forms import Deciding
from schoolgate.announcements.forms import Sending as SendingForm
from schoolgate.announcements.models import Announcement
from schoolgate.people.access import Who
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import TeamMember
from schoolgate.school.errors import SchoolError

Verb = Callable[[Who, TeamMember, Announcement], str]


@opened_to(a_team_member)
@require_POST
def sendings(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send it now, or at a time of its own."""
    form = SendingForm(request.POST)

    def verb(who: Who, member: TeamMember, found: Announcement) -> str:
        if not form.is_valid():
            raise InThePast
        entered = _enter_days(request, who, found)
        wished = form.cleaned_data["at"]
        if wished:
            sending.schedule(
                actor=who.actor, who=who, announcement=found, publish_at=wished, at=who.at
            )
            said = _("It goes at the time that you chose. Until then you can take it back.")
            return f"{said} {entered}".strip()
        sending.send(actor=who.actor, who=who, announcement=found, at=who.at)
        said = _("It goes in two minutes. Until then you can undo it.")
        if found.is_urgent:
            said = _("It is on its way by every way at once.")
        return f"{said} {entered}".strip()

    return _do(request, public_id, verb)


@opened_to(a_team_member)
@require_POST
def namings(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say why a child is named in it; then it can be sent."""

    def verb(who: Who, member: TeamMember, found: Announcement) -> str:
        say_why(
            actor=who.actor,
            member=member,
            announcement=found,
            because=request.POST.get("named_because", ""),
            at=who.at,
        )
        return _("Your reason is written down. It can go now.")

    return _do(request, public_id, verb)


@opened_to(a_team_member)
@require_POST
def takings_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo a sending; later, stop what has not left."""

    def verb(who: Who, member: TeamMember, found: Announcement) -> str:
        taken = sending.take_back(actor=who.actor, announcement=found, at=who.at)
        if taken.published_at is None:
            return _("Undone. Nobody got it.")
        return _("What had not left stays here. Families see that it was taken back.")

    return _do(request, public_id, verb)


@opened_to(a_team_member)
@require_POST
def requests(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the office to send it."""

    def verb(who: Who, member: TeamMember, found: Announcement) -> str:
        asking.ask(actor=who.actor, member=member, announcement=found, at=who.at)
        return _("The office has it now, and sends it or tells you why not.")

    return _do(request, public_id, verb)


@opened_to(central_sender)
@require_POST
def decisions(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say yes, or no with a reason."""
    form = Deciding(request.POST)

    def verb(who: Who, member: TeamMember, found: Announcement) -> str:
        said_yes = form.is_valid() and form.cleaned_data["decision"] == "yes"
        if said_yes:
            asking.approve(actor=who.actor, member=member, announcement=found, at=who.at)
            return _("Approved. You can send it now.")
        asking.decline(
            actor=who.actor,
            member=member,
            announcement=found,
            reason=form.cleaned_data.get("reason", ""),
            at=who.at,
        )
        return _("Declined. {name} can read why.").format(name=found.author.name)

    return _do(request, public_id, verb)


def _enter_days(request: HttpRequest, who: Who, found: Announcement) -> str:
    """Put the days that a closure names into the calendar, in the same press; what came of it.

    Raises DaysNotEntered: then nothing is sent either.
    """
    if not may_be_entered(who, found):
        return ""
    form = ClosingDays(request.POST)
    if not form.is_valid():
        said = " ".join(str(words) for errors in form.errors.values() for words in errors)
        raise DaysNotEntered(f"{_(DaysNotEntered.__doc__ or '')} {said}")
    try:
        entered = enter(form, who, who.at)
    except SchoolError as refusal:
        raise DaysNotEntered(f"{_(DaysNotEntered.__doc__ or '')} {_(str(refusal))}") from refusal
    if not entered:
        return ""
    return _("It stands in the calendar now. If you undo the sending, take the day back there too.")


def _do(request: HttpRequest, public_id: UUID, verb: Verb) -> HttpResponse:
    """Run one verb on one announcement; a refusal is said in its own words."""
    who = who_asks(request)
    found = access.one_as_team(who, public_id)
    if who.member is None:
        return redirect(found.team_page)
    try:
        with transaction.atomic():
            said = verb(who, who.member, found)
    except (AnnouncementError, OtherChildNamed) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(found.team_page)
