"""A team member's details, roles and groups, and the work that a new tutor takes on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.conversations.actions.handing_over import hand_over_all
from schoolgate.conversations.errors import ConversationError
from schoolgate.desk import people_pages as pages
from schoolgate.desk.endings import Act, ask_then_end
from schoolgate.desk.team_forms import ChangeMember, ChangeRoles, ChooseGroup
from schoolgate.people.access import Who, groups_for_office, may_give, members_for_office
from schoolgate.people.actions.changing import change_member, change_roles
from schoolgate.people.actions.grouping import begin_helping, change_tutor
from schoolgate.people.actions.taking_off import What
from schoolgate.people.errors import PeopleError
from schoolgate.people.models import Ending, TeamMember


@opened_to(office)
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change name, job title, school address, line leader and cover."""
    who = who_asks(request)
    member = _member(who, public_id)
    form = ChangeMember(request.POST or None, who=who, member=member)
    if request.method == "POST" and form.is_valid():
        give, to = may_give(who), form.details()
        try:
            change_member(actor=who.actor, member=member, to=to, may_give=give, at=who.at)
        except PeopleError as error:
            form.add_error(None, _(str(error)))
        else:
            return _done(request, member, _("Changed."))
    return _form(request, form, member, _("Change details"))


@opened_to(office)
@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin and end roles; those that see most are the head's to give."""
    who = who_asks(request)
    member = _member(who, public_id)
    form = ChangeRoles(request.POST if request.method == "POST" else None, who=who, member=member)
    if request.method == "POST" and form.is_valid():
        give, chosen = may_give(who), form.chosen()
        try:
            change_roles(actor=who.actor, member=member, roles=chosen, may_give=give, at=who.at)
        except PeopleError as error:
            form.add_error(None, _(str(error)))
        else:
            return _done(request, member, _("Changed, from this moment."))
    return _form(request, form, member, _("Change roles"))


@opened_to(office)
@require_POST
def tutoring(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make them the tutor of a group; open conversations stay until somebody moves them."""
    who = who_asks(request)
    member, form = _member(who, public_id), ChooseGroup(request.POST, who=who)
    if form.is_valid():
        try:
            group = form.cleaned_data["group"]
            change_tutor(actor=who.actor, group=group, tutor=member, at=who.at)
            messages.success(request, _("New messages go to them. Open conversations stay."))
        except PeopleError as error:
            messages.error(request, _(str(error)))
    return _page(member)


@opened_to(office)
@require_POST
def helping(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let them help in a group, and see its conversations."""
    who = who_asks(request)
    member, form = _member(who, public_id), ChooseGroup(request.POST, who=who)
    if form.is_valid():
        try:
            group = form.cleaned_data["group"]
            begin_helping(actor=who.actor, member=member, group=group, at=who.at)
            messages.success(request, _("They see the conversations of this group now."))
        except PeopleError as error:
            messages.error(request, _(str(error)))
    return _page(member)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def helping_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They help in a group no more; a page says by name what changes."""
    who = who_asks(request)
    member, form = _member(who, public_id), ChooseGroup(_asked(request), who=who)
    if not form.is_valid():
        raise Http404
    group = form.cleaned_data["group"]
    names = {"member": member, "group": group}
    act = Act(
        what=What(Ending.Kind.HELPING, group.pk, member=member),
        title=gettext("Does {member} help in {group} no more?").format(**names),
        changes=[gettext("{member} sees the conversations of {group} no more.").format(**names)],
        button=gettext("End helping"),
        said=gettext("They help in this group no more."),
        back=reverse("person", kwargs={"school": member.school.slug, "public_id": public_id}),
        kept={"group": group.pk},
    )
    return ask_then_end(request, who, act)


@opened_to(office)
@require_POST
def work(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move to a tutor what of their group still lies with a former tutor, in one press."""
    who = who_asks(request)
    member = _member(who, public_id)
    group = _chosen(groups_for_office(who), request.POST.get("group", ""))
    owner = _chosen(members_for_office(who), request.POST.get("owner", ""))
    rows = pages.open_with_others(who, member).filter(pupil__tutor_group=group, owner=owner)
    try:
        moved = hand_over_all(actor=who.actor, conversations=rows, to=member, at=who.at)
    except ConversationError as error:
        messages.error(request, _(str(error)))
    else:
        words = ngettext("One conversation moved.", "{n} conversations moved.", moved)
        messages.success(request, words.format(n=moved))
    return _page(member)


def _asked(request: HttpRequest) -> QueryDict:
    """Which group: by the link that leads here, or by the form."""
    return request.POST if "group" in request.POST else request.GET


def _member(who: Who, public_id: UUID) -> TeamMember:
    return get_object_or_404(members_for_office(who), public_id=public_id, access_ended_at=None)


def _chosen(rows: Any, number: str) -> Any:
    return get_object_or_404(rows, pk=number if number.isdecimal() else 0)


def _form(request: HttpRequest, form: Any, member: TeamMember, title: Any) -> HttpResponse:
    page = {"form": form, "title": title, "person": member}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/people_form.html", page, status=status)


def _done(request: HttpRequest, member: TeamMember, words: Any) -> HttpResponse:
    messages.success(request, words)
    return _page(member)


def _page(member: TeamMember) -> HttpResponse:
    return redirect("person", school=member.school.slug, public_id=member.public_id)
