"""First-day absence: the registers of the classes, and whom to ring about missing children."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, office, opened_to
from schoolgate.people.queries import on_roll
from schoolgate.people.telling_apart import told_apart
from schoolgate.today import access
from schoolgate.today.actions.registering import Ring, note_ringing, take_register, told_absent
from schoolgate.today.calendars import local_day
from schoolgate.today.errors import TodayError
from schoolgate.today.forms import Rang
from schoolgate.today.missing import not_taken, to_ring
from schoolgate.today.models import Missing, Register


@opened_to(a_team_member)
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """The classes whose register one takes, and which were taken today."""
    who = who_asks(request)
    assert who.school is not None  # the gate admits members of a school
    taken = Register.objects.filter(school=who.school, day=local_day(who.school, who.at))
    when = {one.group_id: one.taken_at for one in taken}
    rows = [(group, when.get(group.pk)) for group in access.groups_for(who)]
    return render(request, "today/registers.html", {"rows": rows})


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, number: int) -> HttpResponse:
    """Who of a class is not there; who was told of is said so."""
    who = who_asks(request)
    group = get_object_or_404(access.groups_for(who).select_related("school"), pk=number)
    assert who.school is not None  # the gate admits members of a school
    day = local_day(who.school, who.at)
    pupils = list(
        group.pupils.select_related("tutor_group").filter(on_roll(day)).order_by("sorted_by", "pk")
    )
    if request.method == "POST" and who.member:
        named = set(request.POST.getlist("missing"))
        missing = [one for one in pupils if str(one.public_id) in named]
        take_register(actor=who.actor, member=who.member, group=group, missing=missing, at=who.at)
        messages.success(request, _("Recorded."))
        return redirect("registers", school=who.school.slug)
    told = told_absent(who.school, day, who.at)
    marked = Missing.objects.filter(school=who.school, day=day, pupil__in=pupils)
    away = set(marked.exclude(ended="here").values_list("pupil", flat=True))
    rows = [
        (one, name, one.pk in told, one.pk in away or one.pk in told)
        for one, name in told_apart(pupils)
    ]
    return render(request, "today/register.html", {"group": group, "rows": rows})


@opened_to(office)
@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """Whom to ring about children who are missing without a word, in order of concern."""
    who = who_asks(request)
    assert who.school is not None  # the gate admits members of a school
    day = local_day(who.school, who.at)
    page = {
        "rows": to_ring(who, day),
        "not_taken": not_taken(who, day),
        "rings_from": who.school.settings.today.rings_from,
    }
    return render(request, "today/missing.html", page)


@opened_to(office)
@require_POST
def rang(request: HttpRequest, number: int) -> HttpResponse:
    """What came of one call about a missing child."""
    who = who_asks(request)
    assert who.school is not None  # the gate admits members of a school
    day = local_day(who.school, who.at)
    found = get_object_or_404(access.missing_for(who, day), pk=number)
    form = Rang(request.POST)
    if form.is_valid() and who.member:
        said = form.cleaned_data
        links = access.links_to_ring([found.pupil_id], who.at)
        link = get_object_or_404(links, carer=said["carer"])
        ring = Ring(link.carer, said["outcome"], said["words"], said["here"])
        try:
            note_ringing(actor=who.actor, member=who.member, missing=found, ring=ring, at=who.at)
        except TodayError as refusal:
            messages.warning(request, str(refusal))
    else:
        messages.warning(request, _("Please choose what came of it."))
    return redirect("missing", school=who.school.slug)
