"""For anybody who is worried: say it, keep one's own words, say that it is not settled."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer_or_team_member, opened_to
from schoolgate.accounts.sessions import signed_in_at
from schoolgate.conversations import access as conversations
from schoolgate.design.choosing import offer
from schoolgate.people.access import Who, pupils_for_team, pupils_of
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.people.queries import holders
from schoolgate.response_clock.words import moment
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions.keeping_routes import routes
from schoolgate.safeguarding.actions.raising import About, raise_concern, still_worried
from schoolgate.safeguarding.errors import SafeguardingError
from schoolgate.safeguarding.forms import More, Worry
from schoolgate.safeguarding.models import Concern
from schoolgate.safeguarding.readers import TOLD_AT_ONCE, on_call
from schoolgate.school.calendars import safeguarding_calendar

# A carer's own concern is shown for so long after a sign-in, or after it was written (decision 14).
FRESH = timedelta(minutes=15)


@opened_to(a_carer_or_team_member)
@require_http_methods(["GET", "POST"])
def worried(request: HttpRequest) -> HttpResponse:
    """Tell the school about a worry; out of hours the truth stands before the button (O8)."""
    who = who_asks(request)
    carried = request.method == "GET" or "carried" in request.POST
    form = Worry(initial=_brought(request, who)) if carried else Worry(request.POST)
    offer(form, "pupil", _children(who))
    offer(form, "about_member", _adults(who))
    if not carried and form.is_valid():
        try:
            concern = _raise(who, form.cleaned_data)
        except SafeguardingError as refusal:
            form.add_error(None, str(refusal))
        else:
            # It never shows in lists; "find what I told you" is the way back.
            return redirect("own_concern", school=concern.school.slug, public_id=concern.public_id)
    page = {"form": form, **_ways(who)}
    return render(request, "safeguarding/worried.html", page, status=422 if form.is_bound else 200)


@opened_to(a_carer_or_team_member)
@require_http_methods(["GET", "POST"])
def own_concern(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own words, whether a named role has read them, and "I am still worried"."""
    who = who_asks(request)
    concern = access.own_one(who, public_id)
    is_fresh = _is_fresh(request, who) or who.at - concern.raised_at < FRESH
    form = More(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Never refused: a worry said twice may not wait for a sign-in.
        still_worried(who=who, concern=concern, words=form.cleaned_data["words"], at=who.at)
        return redirect("own_concern", school=concern.school.slug, public_id=concern.public_id)
    if not is_fresh:
        return render(request, "safeguarding/again.html")
    page = {"concern": concern, "form": form, **_said(who, concern), **_ways(who)}
    return render(request, "safeguarding/own.html", page)


@opened_to(a_carer_or_team_member)
@require_safe
def told_before(request: HttpRequest) -> HttpResponse:
    """Find what one told the school before; a carer signs in afresh first (decision 14)."""
    who = who_asks(request)
    if not _is_fresh(request, who):
        return render(request, "safeguarding/again.html")
    return render(request, "safeguarding/told_before.html", {"concerns": access.own(who)[:100]})


def _raise(who: Who, given: dict[str, Any]) -> Concern:
    """What a valid form says, as the verb takes it; a message must be one that the team reads."""
    message = given["message"] if who.member else None
    if message:
        conversations.message_for_team(who, message)
    about = About(
        pupil=given["pupil"],
        adult=given["about_adult"],
        member=given["about_member"],
        message=message,
    )
    return raise_concern(who=who, words=given["words"], at=who.at, about=about, once=given["once"])


def _is_fresh(request: HttpRequest, who: Who) -> bool:
    """Whether a carer has signed in a short while ago; a team member's sign-in is always short."""
    if who.member is not None:
        return True
    signed_in = signed_in_at(request)
    return signed_in is not None and who.at - signed_in < FRESH


def _said(who: Who, concern: Concern) -> dict[str, object]:
    others = concern.readings.exclude(member=who.member) if who.member else concern.readings.all()
    return {
        "mine": concern.additions.filter(by_user_id=who.user_id or 0),
        "first_reading": others.first(),
    }


def _brought(request: HttpRequest, who: Who) -> dict[str, object]:
    """The words that came along: a carer's own, not sent yet, or a message that the team reads."""
    if "carried" in request.POST:
        words = request.POST.get("body") or request.POST.get("words", "")
        return {"words": words, "pupil": request.POST.get("pupil", "")}
    if "message" not in request.GET or who.member is None:
        return {}
    message = conversations.message_for_team(who, _id(request.GET["message"]))
    pupil = message.conversation.pupil
    words = _("From a message of {moment}: “{words}”").format(
        moment=moment(message.at, message.school.settings.timezone), words=message.body
    )
    return {
        "words": words,
        "pupil": pupil.public_id if pupil else None,
        "message": message.public_id,
    }


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError as error:
        raise Http404 from error


def _children(who: Who) -> QuerySet[Pupil]:
    return pupils_for_team(who) if who.member else pupils_of(who)


def _adults(who: Who) -> QuerySet[TeamMember]:
    """Those whom a conflict would reach: the ones who are told. Others are told of in words."""
    if who.school is None:
        return TeamMember.objects.none()
    return holders(school_id=who.school.pk, roles=TOLD_AT_ONCE, at=who.at)


def _ways(who: Who) -> dict[str, object]:
    """The routes that work now: those of the children's own councils, and whether anybody reads."""
    assert who.school is not None  # the gate admits members of a school only
    calendar = safeguarding_calendar(who.school)
    councils = _children(who).exclude(authority="").values_list("authority", flat=True)
    return {
        "watched": calendar.is_open(who.at),
        "somebody_on_call": bool(on_call(who.school, who.at)),
        "councils": routes(who.school, set(councils), who.at.date()),
        "settings": who.school.settings,
    }
