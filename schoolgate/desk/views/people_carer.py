"""A carer: what helps them, their numbers and order, protection, and having no safe route."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import decides_on_limits, office, opened_to
from schoolgate.desk.carer_forms import AboutCarer, HoldNoRoute, NewNumber, PostAddress
from schoolgate.desk.endings import Act, ask_then_end
from schoolgate.people.access import Who, carers_for_office, protected_for_deciders
from schoolgate.people.actions.describing import describe, protect_address
from schoolgate.people.actions.homes import household_of, is_protected, set_address
from schoolgate.people.actions.routes import add_number, try_first, works_again
from schoolgate.people.actions.safe_routes import begin_no_safe_route
from schoolgate.people.actions.taking_off import What
from schoolgate.people.errors import PeopleError
from schoolgate.people.models import Carer, ContactRoute, Ending


@opened_to(office)
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Language, needs, what helps, and in what capacity they act."""
    who = who_asks(request)
    carer = _carer(who, public_id)
    form = AboutCarer(request.POST or None, who=who, carer=carer)
    if request.method == "POST" and form.is_valid():
        describe(actor=who.actor, carer=carer, to=form.about(), at=who.at)
        messages.success(request, _("Changed."))
        return _page(carer)
    page = {"form": form, "title": _("Change what we know"), "person": carer}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/people_form.html", page, status=status)


@opened_to(office)
@require_POST
def numbers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a telephone number."""
    who, form = who_asks(request), NewNumber(request.POST)
    carer = _carer(who, public_id)
    if not form.is_valid():
        messages.error(request, _("That is not a telephone number; nothing was changed."))
        return _page(carer)
    kind, number = ContactRoute.Kind(form.cleaned_data["kind"]), form.cleaned_data["number"]
    try:
        add_number(actor=who.actor, carer=carer, kind=kind, number=number, at=who.at)
        messages.success(request, _("Added."))
    except PeopleError as error:
        messages.error(request, _(str(error)))
    return _page(carer)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def number_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a telephone number away; a page says by name what changes."""
    who = who_asks(request)
    carer = _carer(who, public_id)
    route = _route(carer, request)
    if route.kind == ContactRoute.Kind.EMAIL:
        raise Http404  # an address is changed by its own page
    names = {"carer": carer, "number": route.value}
    changes = [gettext("{carer} is not rung and not texted on {number} any more.").format(**names)]
    if not carer.routes.filter(ended_at=None).exclude(pk=route.pk).exists():
        changes.append(gettext("Then no way to reach {carer} is known.").format(**names))
    act = Act(
        what=What(Ending.Kind.NUMBER, route.pk, carer=carer),
        title=gettext("Take {number} away from {carer}?").format(**names),
        changes=changes,
        button=gettext("Take it away"),
        said=gettext("Taken away."),
        back=_address(carer),
        kept={"route": route.pk},
    )
    return ask_then_end(request, who, act)


@opened_to(office)
@require_POST
def working(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A way to reach them works again."""
    who = who_asks(request)
    carer = _carer(who, public_id)
    works_again(actor=who.actor, route=_route(carer, request), at=who.at)
    messages.success(request, _("It is tried again from now."))
    return _page(carer)


@opened_to(office)
@require_POST
def preference(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let one way of reaching them be tried first."""
    who = who_asks(request)
    carer = _carer(who, public_id)
    try_first(actor=who.actor, route=_route(carer, request), at=who.at)
    messages.success(request, _("It is tried first now."))
    return _page(carer)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def post_address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where their household has its post; nowhere if somebody's address is protected (T2)."""
    who = who_asks(request)
    carer = _carer(who, public_id)
    household = household_of(carer)
    if household is None:
        raise Http404
    # What another way may have left there is shown to nobody.
    known = "" if is_protected(household) else household.address
    form = PostAddress(request.POST or None, initial={"lines": known})
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["lines"]
        try:
            set_address(actor=who.actor, household=household, lines=lines, at=who.at)
            messages.success(request, _("Changed."))
        except PeopleError as error:
            messages.error(request, _(str(error)))
        return _page(carer)
    page = {"form": form, "title": _("Where their post goes"), "person": carer}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/people_form.html", page, status=status)


@opened_to(office)
@require_POST
def protection(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note that where they live is protected (threat T2)."""
    who = who_asks(request)
    carer = _carer(who, public_id)
    protect_address(actor=who.actor, carer=carer, at=who.at)
    messages.success(request, _("Noted. Only the head or the safeguarding lead takes it away."))
    return _page(carer)


@opened_to(decides_on_limits)
@require_http_methods(["GET", "POST"])
def protection_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The head or DSL says that where they live needs no protection now, and why."""
    who = who_asks(request)
    carer = get_object_or_404(protected_for_deciders(who), public_id=public_id)
    changes = [
        gettext("Where {carer} lives can be written down again, and read by the office."),
        gettext("Letters to their household can be printed with an address."),
    ]
    act = Act(
        what=What(Ending.Kind.PROTECTION, carer.pk, carer=carer),
        title=gettext("Does where {carer} lives need no protection now?").format(carer=carer),
        changes=[one.format(carer=carer) for one in changes],
        button=gettext("Needs no protection now"),
        said=gettext("Decided and written down."),
        back=reverse("limits", kwargs={"school": carer.school.slug}),
    )
    return ask_then_end(request, who, act)


@opened_to(office)
@require_POST
def no_route(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Nothing can safely be sent to them: from now no email leaves, and somebody sees to it."""
    who = who_asks(request)
    carer = _carer(who, public_id)
    form = HoldNoRoute(request.POST, who=who, carer=carer)
    if form.is_valid():
        begin_no_safe_route(actor=who.actor, carer=carer, at=who.at, **form.cleaned_data)
        messages.success(request, _("From now no email leaves to them, what waits included."))
    else:
        messages.error(request, _("Please name who sees to them, and how; nothing has changed."))
    return _page(carer)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def no_route_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They can be written to again; a page says by name what changes."""
    who = who_asks(request)
    carer = _carer(who, public_id)
    task = get_object_or_404(carer.no_safe_routes.select_related("held_by"), ended_at=None)
    names = {"carer": carer, "name": task.held_by}
    act = Act(
        what=What(Ending.Kind.NO_ROUTE, task.pk, carer=carer),
        title=gettext("Can {carer} be written to again?").format(**names),
        changes=[
            gettext("Emails leave to {carer} again, what waits included.").format(**names),
            gettext("{name} sees to them no more.").format(**names),
        ],
        button=gettext("They can be written to again"),
        said=gettext("Email leaves to them again from now."),
        back=_address(carer),
    )
    return ask_then_end(request, who, act)


def _carer(who: Who, public_id: UUID) -> Carer:
    return get_object_or_404(carers_for_office(who), public_id=public_id)


def _route(carer: Carer, request: HttpRequest) -> Any:
    number = request.POST.get("route", "") or request.GET.get("route", "")
    routes = carer.routes.filter(ended_at=None)
    return get_object_or_404(routes, pk=number if number.isdecimal() else 0)


def _page(carer: Carer) -> HttpResponse:
    return redirect(_address(carer))


def _address(carer: Carer) -> str:
    return reverse("person", kwargs={"school": carer.school.slug, "public_id": carer.public_id})
