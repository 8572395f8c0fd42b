"""The team's side: write it down, tell them now, ring whom it did not reach, put it right."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations.errors import ConversationError
from schoolgate.design.choosing import offer
from schoolgate.incidents import access
from schoolgate.incidents.actions.correcting import correct
from schoolgate.incidents.actions.reading import ask_to_read, note_reading
from schoolgate.incidents.actions.settling import Spoken, settle
from schoolgate.incidents.actions.telling import tell
from schoolgate.incidents.actions.writing import write
from schoolgate.incidents.errors import IncidentError
from schoolgate.incidents.forms import AskReader, Correct, Read, Settle, Write
from schoolgate.incidents.models import Incident
from schoolgate.incidents.pages import child_page, incident_page, told_today_page
from schoolgate.people.access import Who
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import TeamMember

Verb = Callable[[Who, TeamMember, Incident], str]


@opened_to(a_team_member)
@require_safe
def told_today(request: HttpRequest) -> HttpResponse:
    """What must be told today and is not, whom to ring, and what was told."""
    return render(request, "incidents/told_today.html", told_today_page(who_asks(request)))


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def writing(request: HttpRequest) -> HttpResponse:
    """Write down what happened, on one page; telling the family is the next press."""
    who = who_asks(request)
    form = Write(request.POST or None, who=who)
    if request.method == "POST" and form.is_valid():
        written = _written(who, form)
        if written is not None:
            messages.success(request, _("It is written down. Read it once more, then tell them."))
            return redirect(written.page)
    page = {"form": form}
    return render(request, "incidents/writing.html", page, status=422 if form.is_bound else 200)


@opened_to(a_team_member)
@require_safe
def incident(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One incident: exactly who gets it and in which form, and where it stands with each."""
    who = who_asks(request)
    return show(request, who, access.one(who, public_id))


@opened_to(a_team_member)
@require_safe
def child(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything about one child that somebody may see."""
    return render(request, "incidents/child.html", child_page(who_asks(request), public_id))


@opened_to(a_team_member)
@require_POST
def telling(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell them now."""

    def verb(who: Who, member: TeamMember, found: Incident) -> str:
        tell(actor=who.actor, member=member, incident=found, at=who.at)
        return _("Done. Below you see how it stands with each.")

    return do(request, public_id, forms.Form(request.POST), verb, "tell_form")


@opened_to(a_team_member)
@require_POST
def corrections(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put something right; nothing that was written before changes."""
    form = Correct(request.POST)

    def verb(who: Who, member: TeamMember, found: Incident) -> str:
        correct(actor=who.actor, member=member, incident=found, at=who.at, **form.cleaned_data)
        return _("The correction stands below the first text, for the family too.")

    return do(request, public_id, form, verb, "correct_form")


@opened_to(a_team_member)
@require_POST
def readers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a colleague to read it too."""
    form = AskReader(request.POST)
    offer(form, "reader", access.colleagues_for(who_asks(request)))

    def verb(who: Who, member: TeamMember, found: Incident) -> str:
        reader = form.cleaned_data["reader"]
        ask_to_read(actor=who.actor, member=member, incident=found, reader=reader, at=who.at)
        return _("{name} has been asked. You need not wait for it.").format(name=reader.name)

    return do(request, public_id, form, verb, "ask_form")


@opened_to(a_team_member)
@require_POST
def reading(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the second reader says."""
    form = Read(request.POST)

    def verb(who: Who, member: TeamMember, found: Incident) -> str:
        words = form.cleaned_data["words"]
        note_reading(actor=who.actor, member=member, incident=found, words=words, at=who.at)
        return _("Written down, for the team alone.")

    return do(request, public_id, form, verb, "read_form")


@opened_to(a_team_member)
@require_POST
def settling(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody told them by telephone or in person, and writes down what was said."""
    who = who_asks(request)
    found = access.telling_to_settle(who, public_id)
    form = Settle(request.POST)
    if who.member is None:
        raise Http404
    if form.is_valid():
        try:
            with transaction.atomic():
                spoken = Spoken(**form.cleaned_data)
                settle(actor=who.actor, member=who.member, telling=found, spoken=spoken, at=who.at)
        except IncidentError as refusal:
            form.add_error(None, str(refusal))
        else:
            name = found.carer.name
            messages.success(request, _("Written down: {name} has been told.").format(name=name))
            return redirect("told_today", school=found.incident.school.slug)
    page = {**told_today_page(who), "settle_form": form, "settling": found}
    return render(request, "incidents/told_today.html", page, status=422)


def do(
    request: HttpRequest, public_id: UUID, form: forms.Form, verb: Verb, name: str
) -> HttpResponse:
    """Run one verb on one incident; what was written is kept when something is not right."""
    who = who_asks(request)
    found = access.one(who, public_id)
    if form.is_valid() and who.member:
        try:
            with transaction.atomic():
                said = verb(who, who.member, found)
        except (IncidentError, ConversationError, OtherChildNamed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(found.page)
    return show(request, who, found, status=422, wrong_form=form, **{name: form})


def show(
    request: HttpRequest, who: Who, found: Incident, status: int = 200, **forms_of_page: object
) -> HttpResponse:
    """The page of one incident, with the forms that somebody has filled in."""
    page = {**incident_page(who, found), **forms_of_page}
    for name in ("ask_form", "hold_form"):
        _offer(page[name], who, found)
    return render(request, "incidents/incident.html", page, status=status)


def _offer(form: forms.Form, who: Who, found: Incident) -> None:
    if "reader" in form.fields:
        offer(form, "reader", access.colleagues_for(who))
    if "carer" in form.fields:
        offer(form, "carer", access.adults_of(found, who.at))


def _written(who: Who, form: Write) -> Incident | None:
    """What was written down; nothing where the form says why not."""
    assert who.member is not None  # the gate admits team members
    reader = form.cleaned_data["reader"]
    try:
        with transaction.atomic():
            made = write(actor=who.actor, member=who.member, what=form.what(who.at), at=who.at)
            if reader:
                ask_to_read(
                    actor=who.actor, member=who.member, incident=made, reader=reader, at=who.at
                )
            return made
    except (IncidentError, OtherChildNamed) as refusal:
        form.add_error(None, str(refusal))
        return None
