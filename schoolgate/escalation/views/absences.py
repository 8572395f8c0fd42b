"""Who is away, who covers, what falls due beyond a gap, and taking back on return."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations import access as conversations
from schoolgate.conversations.actions.handing_over import take
from schoolgate.conversations.errors import ConversationError
from schoolgate.design.choosing import offer
from schoolgate.escalation import access
from schoolgate.escalation.forms import RecordAbsence
from schoolgate.escalation.pages import falls_due as due_beyond
from schoolgate.escalation.pages import to_take_back
from schoolgate.escalation.people import who_can_be_away, who_can_cover
from schoolgate.people.access import Who
from schoolgate.people.actions.absence import come_back, record_absence
from schoolgate.people.errors import PeopleError


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away now and soon, and recording it: for oneself, or as the office for anybody."""
    who = who_asks(request)
    form = RecordAbsence(request.POST or None, initial={"member": _own_id(who)})
    offer(form, "member", who_can_be_away(who))
    offer(form, "cover", who_can_cover(who))
    if request.method == "POST" and form.is_valid() and _recorded(who, form):
        messages.success(request, _("Recorded. What waits moves when it begins; no time changes."))
        return redirect("absences", school=_slug(who))
    page = {
        "form": form,
        "now": access.away_now(who),
        "absences": access.absences_for(who),
        "to_take_back": to_take_back(who.member) if who.member else [],
    }
    return render(request, "escalation/absences.html", page, status=422 if form.is_bound else 200)


@opened_to(a_team_member)
@require_POST
def ending(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody is back, or never went."""
    who = who_asks(request)
    absence = get_object_or_404(access.absences_for(who), public_id=public_id)
    come_back(actor=who.actor, absence=absence, at=who.at)
    messages.success(request, _("{name} is back.").format(name=absence.member.name))
    return redirect("absences", school=_slug(who))


@opened_to(a_team_member)
@require_POST
def taking_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back what cover had while one was away."""
    who = who_asks(request)
    if who.member is None:
        raise Http404
    known = {str(one.conversation.public_id) for one in to_take_back(who.member)}
    if str(public_id) not in known:
        raise Http404
    conversation = conversations.one_as_team(who, public_id)
    try:
        take(actor=who.actor, conversation=conversation, member=who.member, at=who.at)
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("You have it again. The time that we gave stays the same."))
    return redirect("absences", school=_slug(who))


@opened_to(a_team_member)
@require_safe
def falls_due(request: HttpRequest) -> HttpResponse:
    """On an eve: what falls due before one, or the school, is in again (5.1)."""
    return render(request, "escalation/falls_due.html", due_beyond(who_asks(request)))


def _recorded(who: Who, form: RecordAbsence) -> bool:
    values = form.cleaned_data
    try:
        with transaction.atomic():
            record_absence(
                actor=who.actor,
                member=values["member"],
                span=_span(who, values["from_day"], values["until_day"]),
                cover=values["cover"],
                no_cover_because=values["no_cover_because"],
                at=who.at,
            )
    except PeopleError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _span(who: Who, first: date, last: date | None) -> tuple[datetime, datetime | None]:
    """Whole days in the school's zone; an absence that begins today begins now (UTC)."""
    assert who.school is not None  # the gate admits members of a school
    zone = ZoneInfo(who.school.settings.timezone)
    begins = datetime.combine(first, time(), tzinfo=zone).astimezone(UTC)
    until = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone) if last else None
    return max(begins, who.at) if begins <= who.at else begins, until and until.astimezone(UTC)


def _own_id(who: Who) -> object:
    return who.member.public_id if who.member else None


def _slug(who: Who) -> str:
    assert who.school is not None  # the gate admits members of a school
    return who.school.slug
