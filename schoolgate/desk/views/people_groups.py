"""Phases of groups, and children's places in classes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.desk.endings import Act, ask_then_end
from schoolgate.desk.people_forms import ChooseClass, Phase
from schoolgate.people.access import Who, groups_for_office, pupils_for_office
from schoolgate.people.actions.grouping import join_class, set_phase
from schoolgate.people.actions.taking_off import What
from schoolgate.people.models import Ending, Pupil


@opened_to(office)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Every tutor group and class, with its phase."""
    rows = groups_for_office(who_asks(request)).order_by("kind", "sorted_by")
    phases = sorted({one.phase for one in rows if one.phase})
    return render(request, "desk/people_groups.html", {"groups": rows, "phases": phases})


@opened_to(office)
@require_POST
def phase(request: HttpRequest, number: int) -> HttpResponse:
    """Say to which phase a group belongs."""
    who, form = who_asks(request), Phase(request.POST)
    group = get_object_or_404(groups_for_office(who), pk=number)
    if form.is_valid():
        set_phase(actor=who.actor, group=group, phase=form.cleaned_data["phase"], at=who.at)
        messages.success(request, _("Kept."))
    else:
        messages.error(request, _("A phase has at most 60 letters; nothing was changed."))
    return redirect("groups", school=group.school.slug)


@opened_to(office)
@require_POST
def classes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a child into a class."""
    who = who_asks(request)
    pupil, form = _pupil(who, public_id), ChooseClass(request.POST, who=who)
    if form.is_valid():
        join_class(actor=who.actor, pupil=pupil, group=form.cleaned_data["group"], at=who.at)
        messages.success(request, _("They are in the class now."))
    return redirect("person", school=pupil.school.slug, public_id=public_id)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def class_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a child out of a class; a page says by name what changes."""
    who = who_asks(request)
    pupil, form = _pupil(who, public_id), ChooseClass(_asked(request), who=who)
    if not form.is_valid():
        raise Http404
    group = form.cleaned_data["group"]
    names = {"child": pupil, "group": group}
    act = Act(
        what=What(Ending.Kind.CLASS, group.pk, pupil=pupil),
        title=gettext("Take {child} out of {group}?").format(**names),
        changes=[
            gettext("What goes to {group} reaches the family of {child} no more.").format(**names)
        ],
        button=gettext("Take out"),
        said=gettext("They are in this class no more."),
        back=reverse("person", kwargs={"school": pupil.school.slug, "public_id": public_id}),
        kept={"group": group.pk},
    )
    return ask_then_end(request, who, act)


def _asked(request: HttpRequest) -> QueryDict:
    """Which group: by the link that leads here, or by the form."""
    return request.POST if "group" in request.POST else request.GET


def _pupil(who: Who, public_id: UUID) -> Pupil:
    return get_object_or_404(pupils_for_office(who), public_id=public_id)
