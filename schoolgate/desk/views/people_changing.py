"""Links, groups and leaving."""

from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.desk import people_pages as pages
from schoolgate.desk.endings import Act, ask_then_end
from schoolgate.desk.people_forms import LastDay, LinkCarer, MoveGroup
from schoolgate.people.access import Who, carers_for_office, members_for_office, pupils_for_office
from schoolgate.people.actions.ending import end_access
from schoolgate.people.actions.joining import (
    leave_pupil,
    link_carer,
    move_pupil,
    stay_on_roll,
)
from schoolgate.people.actions.reviewing import record_review
from schoolgate.people.actions.taking_off import What
from schoolgate.people.entitlement import links_at
from schoolgate.people.errors import PeopleError
from schoolgate.people.models import Ending, Receives

T = TypeVar("T")


@opened_to(office)
@require_POST
def links(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Link a carer to a child, with what they may receive (Clause 2.2-T5)."""
    who, form = who_asks(request), LinkCarer(request.POST)
    pupil = get_object_or_404(pupils_for_office(who), public_id=public_id)
    if form.is_valid():
        wanted = form.cleaned_data["carer"]
        carer = get_object_or_404(carers_for_office(who), public_id=wanted, ended_at=None)
        try:
            link_carer(actor=who.actor, carer=carer, pupil=pupil, new=form.new(), at=who.at)
        except PeopleError as error:
            messages.error(request, _(str(error)))
        else:
            messages.success(request, _("{name} is linked.").format(name=carer))
    else:
        messages.error(request, _("Please say who they are to the child."))
    return _back(who, public_id)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def link_end(request: HttpRequest, number: int) -> HttpResponse:
    """End what a carer may receive for a child, from now; a page says by name what changes."""
    who = who_asks(request)
    rows = links_at(who.at).select_related("pupil", "carer", "school")
    link = get_object_or_404(rows, pk=number, school=who.school)
    names = {"carer": link.carer, "relationship": link.relationship, "child": link.pupil}
    changes = [
        gettext("{carer} ({relationship}) receives nothing more about {child}.").format(**names),
        gettext("What waits in the post for {carer} about {child} does not leave.").format(**names),
    ]
    others = links_at(who.at, Receives.GENERAL).filter(pupil=link.pupil).exclude(pk=link.pk)
    if not others.exists():
        changes.append(gettext("Then nobody receives news about {child}.").format(**names))
    act = Act(
        what=What(Ending.Kind.LINK, link.pk, carer=link.carer, pupil=link.pupil),
        title=gettext("End the link of {carer} with {child}?").format(**names),
        changes=changes,
        button=gettext("End the link"),
        said=gettext("Ended: they receive nothing about this child from now on."),
        back=_address(who, link.pupil.public_id),
    )
    return ask_then_end(request, who, act)


@opened_to(office)
@require_POST
def group(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move a child to another tutor group."""
    who = who_asks(request)
    pupil, form = _pupil(who, public_id), MoveGroup(request.POST, who=who)
    if form.is_valid():
        move_pupil(actor=who.actor, pupil=pupil, group=form.cleaned_data["group"], at=who.at)
        messages.success(request, _("Moved. New messages go to the new tutor."))
    return _back(who, public_id)


@opened_to(office)
@require_POST
def roll(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a child off the roll after its last day, or put it back."""
    who, form = who_asks(request), LastDay(request.POST)
    pupil = _pupil(who, public_id)
    if form.is_valid():
        day = form.cleaned_data["last_day"]
        if day:
            leave_pupil(actor=who.actor, pupil=pupil, last_day=day, at=who.at)
        else:
            stay_on_roll(actor=who.actor, pupil=pupil, at=who.at)
        messages.success(request, _("Recorded."))
    else:
        messages.error(request, " ".join(map(str, form.errors["last_day"])))
    return _back(who, public_id)


@opened_to(office)
@require_POST
def rights(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record that a young person of 16 or over was asked who receives what (decision 19)."""
    who = who_asks(request)
    pupil = _pupil(who, public_id)
    try:
        if who.member:
            record_review(actor=who.actor, by=who.member, pupil=pupil, at=who.at)
            messages.success(request, _("Recorded. What anybody receives stays as it is."))
    except PeopleError as error:
        messages.error(request, _(str(error)))
    return _back(who, public_id)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a team member's access now; what moves, and to whom, is said before (decision 3)."""
    who = who_asks(request)
    member = get_object_or_404(members_for_office(who), public_id=public_id, access_ended_at=None)
    if request.method == "POST":
        end_access(actor=who.actor, member=member, at=who.at)
        messages.success(request, _("Access has ended, on every device."))
        return _back(who, public_id)
    page = {"member": member, "leaving": pages.leaving(who, member)}
    return render(request, "desk/people_leaving.html", page)


def _pupil(who: Who, public_id: UUID) -> Any:
    found = pupils_for_office(who).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _back(who: Who, public_id: UUID) -> HttpResponse:
    return redirect(_address(who, public_id))


def _address(who: Who, public_id: UUID) -> str:
    school = who.school.slug if who.school else ""
    return reverse("person", kwargs={"school": school, "public_id": public_id})
