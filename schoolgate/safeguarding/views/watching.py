"""The rota, the councils' numbers, who has looked, and breaking the glass."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import opened_to, reader_of_concerns
from schoolgate.design.choosing import offer
from schoolgate.people.access import Who
from schoolgate.people.models import Pupil
from schoolgate.people.queries import holders
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions import keeping_routes
from schoolgate.safeguarding.actions.breaking_glass import break_glass
from schoolgate.safeguarding.actions.watching_rota import (
    accept_gap,
    has_rota,
    open_gaps,
    set_turn,
    withdraw_turn,
)
from schoolgate.safeguarding.errors import SafeguardingError
from schoolgate.safeguarding.forms import Glass, Numbers, Said, Turn
from schoolgate.safeguarding.models import OnCall, RotaGap
from schoolgate.safeguarding.readers import TOLD_AT_ONCE, rota
from schoolgate.safeguarding.rota import BACK
from schoolgate.safeguarding.rules import case_manager, keeps_routes, safeguarding_team

MOST = 200


@opened_to(safeguarding_team)
@require_http_methods(["GET", "POST"])
def on_call_rota(request: HttpRequest) -> HttpResponse:
    """Who is on call out of hours; what is open in the next seven days stands above it."""
    who = who_asks(request)
    form = Turn(request.POST or None)
    offer(form, "member", holders(school_id=_pk(who), roles=TOLD_AT_ONCE, at=who.at))
    if request.method == "POST" and form.is_valid():
        try:
            set_turn(who=who, at=who.at, **form.cleaned_data)
        except SafeguardingError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("on_call_rota", school=_slug(who))
    return _rota_page(request, who, form)


@opened_to(safeguarding_team)
@require_POST
def withdrawal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a turn off the rota."""
    who = who_asks(request)
    turn = get_object_or_404(OnCall, school=who.school, public_id=public_id, withdrawn_at=None)
    withdraw_turn(turn=turn, at=who.at)
    return redirect("on_call_rota", school=_slug(who))


@opened_to(safeguarding_team)
@require_POST
def acceptance(request: HttpRequest, number: int) -> HttpResponse:
    """Take a gap as it is, with a reason (decision 13)."""
    who = who_asks(request)
    if number > 2**63 - 1:
        raise Http404
    gap = get_object_or_404(RotaGap, school=who.school, pk=number)
    form = Said(request.POST)
    if form.is_valid():
        accept_gap(who=who, gap=gap, because=form.cleaned_data["words"], at=who.at)
    else:
        messages.warning(request, _("Please say why, in a few words."))
    return redirect("on_call_rota", school=_slug(who))


@opened_to(keeps_routes)
@require_http_methods(["GET", "POST"])
def authorities(request: HttpRequest) -> HttpResponse:
    """The numbers of the children's own councils, and what is to be checked (threat T22)."""
    who = who_asks(request)
    assert who.school is not None  # the gate admits members of a school only
    form = Numbers(request.POST or None, initial={"checked_on": who.at.date()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        name, checked_on = given.pop("name"), given.pop("checked_on")
        keeping_routes.keep_authority(
            who=who,
            name=name,
            numbers=keeping_routes.Numbers(**given),
            checked_on=checked_on,
            at=who.at,
        )
        return redirect("authorities", school=_slug(who))
    page = {"form": form, "routes": keeping_routes.all_routes(who.school, who.at.date())}
    return render(
        request, "safeguarding/authorities.html", page, status=422 if form.is_bound else 200
    )


@opened_to(reader_of_concerns)
@require_safe
def looked(request: HttpRequest) -> HttpResponse:
    """Who opened what, latest first: only of what one may read oneself (threat T19)."""
    who = who_asks(request)
    return render(request, "safeguarding/looked.html", {"views": access.views(who)[:MOST]})


@opened_to(reader_of_concerns)
@require_http_methods(["GET", "POST"])
def glass(request: HttpRequest) -> HttpResponse:
    """Open one concern beyond one's sight, with a reason; the head and group's lead see it."""
    who = who_asks(request)
    form = Glass(request.POST or None)
    offer(form, "pupil", Pupil.objects.filter(school=who.school))
    if request.method == "POST" and form.is_valid():
        found = break_glass(
            who=who,
            pupil=form.cleaned_data["pupil"],
            reason=form.cleaned_data["words"],
            at=who.at,
        )
        if found:
            return redirect("sealed_concern", school=_slug(who), public_id=found)
        messages.warning(
            request, _("Nothing is held about this child beyond what you can read. It is noted.")
        )
        return redirect("glass", school=_slug(who))
    page = {
        "form": form,
        "broken": access.glass(who)[:MOST] if case_manager(who) else None,
    }
    return render(request, "safeguarding/glass.html", page, status=422 if form.is_bound else 200)


def _rota_page(request: HttpRequest, who: Who, form: Turn) -> HttpResponse:
    assert who.school is not None  # the gate admits members of a school only
    page = {
        "form": form,
        "turns": rota(who.school, who.at, who.at + BACK),
        "gaps": open_gaps(who.school, who.at),
        "has_rota": has_rota(who.school),
    }
    return render(request, "safeguarding/rota.html", page, status=422 if form.is_bound else 200)


def _pk(who: Who) -> int:
    assert who.school is not None  # the gate admits members of a school only
    return who.school.pk


def _slug(who: Who) -> str:
    assert who.school is not None  # the gate admits members of a school only
    return who.school.slug
