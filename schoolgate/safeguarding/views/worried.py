"""For anybody who is worried: say it, keep one's own words, say that it is not settled."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer_or_team_member, opened_to
from schoolgate.conversations import access as conversations
from schoolgate.design.choosing import offer
from schoolgate.people.access import Who, pupils_for_team, pupils_of
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.people.queries import holders
from schoolgate.response_clock.words import moment
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions.raising import raise_concern, still_worried
from schoolgate.safeguarding.errors import SafeguardingError
from schoolgate.safeguarding.forms import More, Worry
from schoolgate.safeguarding.readers import TOLD_AT_ONCE
from schoolgate.school.calendars import safeguarding_calendar


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
        about = form.cleaned_data["about_member"]
        try:
            concern = raise_concern(
                who=who,
                words=form.cleaned_data["words"],
                at=who.at,
                pupil=form.cleaned_data["pupil"],
                about_adult=form.cleaned_data["about_adult"] or about is not None,
                about_member=about,
            )
        except SafeguardingError as refusal:
            form.add_error(None, str(refusal))
        else:
            # It never shows in lists, so this address is the way back; keeping it is the author's.
            return redirect("own_concern", school=concern.school.slug, public_id=concern.public_id)
    page = {"form": form, **_hours(who)}
    return render(request, "safeguarding/worried.html", page, status=422 if form.is_bound else 200)


@opened_to(a_carer_or_team_member)
@require_http_methods(["GET", "POST"])
def own_concern(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own words, whether a named role has read them, and "I am still worried"."""
    who = who_asks(request)
    concern = access.own_one(who, public_id)
    form = More(request.POST or None)
    if request.method == "POST" and form.is_valid():
        still_worried(who=who, concern=concern, words=form.cleaned_data["words"], at=who.at)
        return redirect("own_concern", school=concern.school.slug, public_id=concern.public_id)
    page = {
        "concern": concern,
        "form": form,
        "mine": concern.additions.filter(by_user_id=who.user_id or 0),
        "first_reading": concern.readings.exclude(member=who.member).first()
        if who.member
        else concern.readings.first(),
        **_hours(who),
    }
    return render(request, "safeguarding/own.html", page)


def _brought(request: HttpRequest, who: Who) -> dict[str, object]:
    """The words that came along: a carer's own, not sent yet, or a message that the team reads."""
    if "carried" in request.POST:
        return {"words": request.POST.get("body", ""), "pupil": request.POST.get("pupil", "")}
    if "message" not in request.GET or who.member is None:
        return {}
    message = conversations.message_for_team(who, _id(request.GET["message"]))
    pupil = message.conversation.pupil
    words = _("From a message of {moment}: “{words}”").format(
        moment=moment(message.at, message.school.settings.timezone), words=message.body
    )
    return {"words": words, "pupil": pupil.public_id if pupil else None}


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


def _hours(who: Who) -> dict[str, object]:
    assert who.school is not None  # the gate admits members of a school only
    calendar = safeguarding_calendar(who.school)
    return {"watched": calendar.is_open(who.at), "settings": who.school.settings}
