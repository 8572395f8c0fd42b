"""How people of the school sign in: invitations, cards, addresses, and lost second factors."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.actions.cards import issue_card
from schoolgate.accounts.actions.inviting import invite_all
from schoolgate.accounts.actions.resetting import (
    ask_for_reset,
    confirm_in_person,
    decide_reset,
)
from schoolgate.accounts.actions.routes import give_address
from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.errors import AccountsError
from schoolgate.accounts.gates import decides_on_sign_in, office, opened_to
from schoolgate.accounts.guarding import is_guarded, may_change_address
from schoolgate.accounts.models import SignInChange
from schoolgate.accounts.queries import given_addresses, shared_addresses
from schoolgate.desk import people_pages as pages
from schoolgate.desk.people_forms import Email, Reason
from schoolgate.people.access import Who, carers_for_office
from schoolgate.people.actions.routes import change_email
from schoolgate.people.models import Carer, TeamMember

DECISIONS = frozenset({"yes", "no", "met"})


@opened_to(office)
@never_cache
@require_http_methods(["GET", "POST"])
def people_card(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A printed card: the school, the address to open, a code that works once, and how."""
    who, code, form = who_asks(request), "", Reason(request.POST)
    person = _with_sign_in(who, public_id)
    guarded = is_guarded(person, who.at)
    if request.method == "POST" and guarded:
        return _ask(request, who, person, form, SignInChange.What.CARD)
    if request.method == "POST":
        code = issue_card(actor=who.actor, person=person, at=who.at)
    settings = person.school.settings
    page = {"person": person, "code": code, "settings": settings, "guarded": guarded}
    return render(request, "desk/card.html", page | {"reason": Reason()})


@opened_to(office)
@require_POST
def invitations(request: HttpRequest) -> HttpResponse:
    """Give every carer without one a way to sign in."""
    who = who_asks(request)
    invited = invite_all(actor=who.actor, people=pages.not_invited(who), at=who.at)
    words = ngettext(
        "One can sign in by email now; others need a card.",
        "{n} can sign in by email now; others need a card.",
        invited,
    )
    messages.success(request, words.format(n=invited))
    return redirect("people", school=who.school.slug if who.school else "")


@opened_to(office)
@require_POST
def address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a carer's email; the old address is told and devices are signed out (threat T10)."""
    who, form = who_asks(request), Email(request.POST)
    carer = get_object_or_404(carers_for_office(who), public_id=public_id)
    if not may_change_address(who, carer):
        messages.error(request, _("The head or the safeguarding lead changes this address."))
    elif form.is_valid():
        change_email(actor=who.actor, carer=carer, address=form.cleaned_data["email"], at=who.at)
        if carer.school.settings.notices_may_be_emailed(who.at):
            messages.success(request, _("Changed. The old address has been told."))
        else:
            messages.warning(request, _("Changed. Please ring them: this school sends no email."))
    else:
        messages.error(request, _("That is not an email address; nothing was changed."))
    return redirect("person", school=carer.school.slug, public_id=public_id)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def shared(request: HttpRequest) -> HttpResponse:
    """Addresses that several carers use; each can be given to one of them (threat T4)."""
    who = who_asks(request)
    assert who.school is not None  # the gate admits people of a school only
    if request.method == "POST":
        wanted = request.POST.get("carer", "")
        carer = carers_for_office(who).filter(pk=wanted if wanted.isdecimal() else 0).first()
        try:
            if carer:
                words = request.POST.get("address", "")
                give_address(actor=who.actor, carer=carer, address=words, at=who.at)
        except AccountsError as error:
            messages.error(request, _(str(error)))
        return redirect("shared_addresses", school=who.school.slug)
    page = {
        "rows": shared_addresses(school_id=who.school.pk, at=who.at),
        "given": set(given_addresses(school_id=who.school.pk).items()),
    }
    return render(request, "desk/people_shared.html", page)


@opened_to(office)
@require_POST
def reset(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask that a lost second factor be reset; another person decides."""
    who, form = who_asks(request), Reason(request.POST)
    person = _with_sign_in(who, public_id)
    return _ask(request, who, person, form, SignInChange.What.RESET)


def _ask(
    request: HttpRequest, who: Who, person: Carer | TeamMember, form: Reason, what: str
) -> HttpResponse:
    """Ask for a change on which somebody else decides; whoever it is for is told at once."""
    if form.is_valid() and who.member:
        because = form.cleaned_data["because"]
        ask_for_reset(
            actor=who.actor, by=who.member, person=person, because=because, at=who.at, what=what
        )
        messages.success(request, _("Asked, and they have been told. Another person decides."))
    else:
        messages.error(request, _("Please say why; nothing was asked."))
    return redirect("person", school=person.school.slug, public_id=person.public_id)


@opened_to(decides_on_sign_in)
@never_cache
@require_http_methods(["GET", "POST"])
def resets(request: HttpRequest) -> HttpResponse:
    """Changes to how somebody signs in that wait for another person's decision."""
    who = who_asks(request)
    said = request.POST.get("decision", "")
    if said in DECISIONS and who.member:
        wanted = request.POST.get("reset", "")
        rows = pages.open_resets(who)
        one = get_object_or_404(rows, pk=wanted if wanted.isdecimal() else 0)
        try:
            code = _decide(who, one, said)
        except AccountsError as error:
            code = ""
            messages.error(request, _(str(error)))
        if code:
            page = {"person": one.person, "code": code, "settings": one.school.settings}
            return render(request, "desk/card.html", page)
    if request.method == "POST":
        return redirect("resets", school=who.school.slug if who.school else "")
    return render(request, "desk/people_resets.html", {"resets": pages.open_resets(who)})


def _decide(who: Who, change: SignInChange, said: str) -> str:
    """What was said of a change; the code of a card that was approved by it."""
    assert who.member is not None  # the gate admits members only
    if said == "met":
        confirm_in_person(actor=who.actor, by=who.member, change=change, at=who.at)
        return ""
    approve = said == "yes"
    return decide_reset(actor=who.actor, by=who.member, reset=change, approve=approve, at=who.at)


def _with_sign_in(who: Who, public_id: UUID) -> Carer | TeamMember:
    person = pages.person(who, public_id)
    if not isinstance(person, Carer | TeamMember):
        raise Http404
    return person
