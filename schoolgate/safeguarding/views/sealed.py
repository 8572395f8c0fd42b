"""The sealed pages: for those whom the database lets read."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import opened_to, reader_of_concerns
from schoolgate.conversations import access as conversations
from schoolgate.conversations.actions.seeing import readers_before
from schoolgate.conversations.models import Message
from schoolgate.people.access import Who
from schoolgate.people.models import TeamMember
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions.keeping_routes import all_routes
from schoolgate.safeguarding.actions.reading import note_reading
from schoolgate.safeguarding.actions.recording import Hand
from schoolgate.safeguarding.actions.transferring import owed
from schoolgate.safeguarding.actions.watching_rota import open_gaps
from schoolgate.safeguarding.chronology import entries
from schoolgate.safeguarding.errors import SafeguardingError
from schoolgate.safeguarding.pages.held import held
from schoolgate.safeguarding.pages.moves import BY_NAME, form_for, open_moves
from schoolgate.safeguarding.pages.queue import lado_due, next_step_at, rows, watch, with_whom
from schoolgate.safeguarding.rules import case_manager, safeguarding_team
from schoolgate.safeguarding.standing import Record, record_of
from schoolgate.safeguarding.states import UNREAD
from schoolgate.safeguarding.words import STATES
from schoolgate.school.models import School


@opened_to(reader_of_concerns)
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """Every concern about a child that one may read, unread first; initials only."""
    who = who_asks(request)
    found = rows(who, access.for_a_queue(access.sealed(who)))
    return render(request, "safeguarding/sealed.html", {"rows": found, **_beside(who)})


@opened_to(case_manager)
@require_safe
def adults(request: HttpRequest) -> HttpResponse:
    """The case manager's own list: concerns about adults who work here (decision 6)."""
    who = who_asks(request)
    found = rows(who, access.for_a_queue(access.about_adults(who)))
    page = {"rows": found, "routes": all_routes(_school(who), who.at.date())}
    return render(request, "safeguarding/adults.html", page)


@opened_to(reader_of_concerns)
@require_safe
def concern(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One concern: the author's own words, who was told and has read it, and the record."""
    who = who_asks(request)
    record = record_of(access.sealed_one(who, public_id))
    note_reading(who=who, record=record, at=who.at)
    return _page(request, who, record)


@opened_to(reader_of_concerns)
@require_http_methods(["POST"])
def steps(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write the next row of the record; what the form says that it is."""
    who = who_asks(request)
    record = record_of(access.sealed_one(who, public_id))
    move = BY_NAME.get(request.POST.get("do", ""))
    if move is None:
        raise Http404
    hand = Hand(who, record.concern, who.at)
    form = form_for(move, record, hand, request.POST)
    if form.is_valid():
        try:
            move.verb(hand, form.cleaned_data)
        except SafeguardingError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _onward(request, who, public_id)
    return _page(request, who, record, bound={move.name: form})


def _onward(request: HttpRequest, who: Who, public_id: UUID) -> HttpResponse:
    """Back to the concern, where one still reads it."""
    school = _school(who).slug
    if access.readable(who).filter(public_id=public_id).exists():
        return redirect("sealed_concern", school=school, public_id=public_id)
    messages.success(request, _("Written down. It is not in your list any more."))
    return redirect("sealed", school=school)


def _page(
    request: HttpRequest, who: Who, record: Record, bound: dict[str, object] | None = None
) -> HttpResponse:
    hand = Hand(who, record.concern, who.at)
    moves = [
        {"move": one, "form": (bound or {}).get(one.name) or form_for(one, record, hand)}
        for one in open_moves(record, who)
    ]
    state = record.state
    page = {
        "concern": record.concern,
        "record": record,
        "stands": STATES[state],
        "entries": entries([record])[1:],
        "moves": moves,
        "raised_from": _raised_from(who, record),
        "read_before": _read_before(record),
        "next_step": _next_step(record, who.at) if state in UNREAD else "",
        "lado_due": lado_due(record.concern.school, record) if record.lado_is_owed else None,
    }
    return render(request, "safeguarding/concern.html", page, status=422 if bound else 200)


def _next_step(record: Record, at: datetime) -> str:
    """With whom it stands while nobody has read it, and who is told next."""
    school = record.concern.school
    return " ".join(filter(None, [with_whom(school, record, at), next_step_at(school, record)]))


def _raised_from(who: Who, record: Record) -> Message | None:
    """The message that it was raised from, where this reader works with its conversation."""
    if record.concern.from_message is None:
        return None
    try:
        return conversations.message_for_team(who, record.concern.from_message)
    except Http404:
        return None


def _read_before(record: Record) -> list[TeamMember]:
    """Who had read the text before it was sealed, for all who read the concern (decision 8)."""
    message = access.raised_from(record.concern)
    return readers_before(message) if message is not None and message.kept_at else []


def _beside(who: Who) -> dict[str, object]:
    """What stands above and below the queue, for those who keep rota, files and numbers."""
    school = _school(who)
    page: dict[str, object] = {
        "watch": watch(who),
        "is_case_manager": case_manager(who),
        "is_team": safeguarding_team(who),
    }
    if safeguarding_team(who):
        page["held"] = held(who)
        page["owed"] = owed(who)
        page["gaps"] = [one for one in open_gaps(school, who.at) if one.accepted_at is None]
        page["stale"] = [one for one in all_routes(school, who.at.date()) if one.stale]
    return page


def _school(who: Who) -> School:
    assert who.school is not None  # the gate admits members of a school only
    return who.school
