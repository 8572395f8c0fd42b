"""The family's side: told by two presses, seen by whom and when, and taken back."""

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, opened_to
from schoolgate.conversations.actions.ringing_back import Why, ask_to_ring
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routes import routes_now
from schoolgate.design.choosing import offer
from schoolgate.people.access import Who, pupils_of
from schoolgate.people.models import Pupil
from schoolgate.today import access
from schoolgate.today.actions.asking import Told, tell_school, write_urgently
from schoolgate.today.actions.collecting import Other, take_back_collection
from schoolgate.today.actions.seeing import take_back
from schoolgate.today.calendars import day_of_school, local_day
from schoolgate.today.errors import TodayError
from schoolgate.today.forms import FORMS, AboutToday, TellToday, WriteUrgently
from schoolgate.today.kinds import Kind
from schoolgate.today.models import Matter
from schoolgate.today.queries import needs_interpreter, staffed
from schoolgate.today.routes import KNOWN_FOR
from schoolgate.today.times import times
from schoolgate.today.wording import day_in_words


@opened_to(a_carer)
@require_http_methods(["GET", "POST"])
def telling(request: HttpRequest, kind: str) -> HttpResponse:
    """Tell the school of today: it says before sending when somebody is there (decision 1)."""
    who = who_asks(request)
    if kind not in FORMS or who.school is None:
        raise Http404
    form = FORMS[Kind(kind)](request.POST or None, initial=_one_child(request))
    children = pupils_of(who)
    offer(form, "pupil", children)
    if _may_go(form) and who.carer:
        told = _told(request, who, Kind(kind), form)
        sent = _sent(form, partial(tell_school, actor=who.actor, carer=who.carer, told=told), who)
        if sent:
            return _to_what_was_sent(sent, form)
    about = _about(form, children)
    planned = times(who.at, day_of_school(who.school, about))
    page = {
        **_page(form, who, about),
        "kind": kind,
        "children": list(children),
        "day": day_in_words(planned.day),
        "is_today": planned.day == local_day(who.school, who.at),
    }
    return render(request, "today/telling.html", page, status=_status(form))


@opened_to(a_carer)
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whether a person in the office has seen it, and how to reach them if not."""
    who = who_asks(request)
    matter = access.one_of_own(who, public_id)
    page = {
        "matter": matter,
        "late": matter.seen_at is None and who.at >= matter.due_at,
        "day": day_in_words(matter.day),
        "staffed": staffed(matter.school, who.at),
        "settings": matter.school.settings,
    }
    return render(request, "today/one.html", page)


@opened_to(a_carer)
@require_POST
def taking_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is not so after all."""
    who = who_asks(request)
    matter = access.one_of_own(who, public_id)
    try:
        with transaction.atomic():
            take_back(actor=who.actor, matter=matter, at=who.at)
            if hasattr(matter, "collection"):
                take_back_collection(actor=who.actor, collection=matter.collection, at=who.at)
    except TodayError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken back. The office sees that."))
    return redirect("for_today_one", school=matter.school.slug, public_id=public_id)


@opened_to(a_carer)
@require_http_methods(["GET", "POST"])
def urgently(request: HttpRequest) -> HttpResponse:
    """Write where ringing is impossible: a person sees it in minutes in hours (decision 2)."""
    who = who_asks(request)
    if who.school is None:
        raise Http404
    form = WriteUrgently(request.POST or None)
    offer(form, "pupil", pupils_of(who))
    if _may_go(form) and who.carer:
        said = form.cleaned_data
        told = Told(Kind.URGENT, words=said["words"], once=said["once"])
        send = partial(write_urgently, actor=who.actor, carer=who.carer, told=told)
        sent = _sent(form, send, who)
        if sent:
            return _to_what_was_sent(sent, form)
    return render(
        request, "today/urgently.html", _page(form, who, _about(form)), status=_status(form)
    )


@opened_to(a_carer)
@require_POST
def ring_me(request: HttpRequest) -> HttpResponse:
    """Be rung back, with an interpreter where the family's language needs one (decision 2)."""
    who = who_asks(request)
    if who.carer is None or who.school is None:
        raise Http404
    words = _("Please ring me back. It is urgent.")
    if needs_interpreter(who.carer):
        words += " " + _("I need an interpreter: {language}.").format(language=who.carer.language)
    with transaction.atomic():
        known = _asked_just_now(who)
        matter = known or write_urgently(
            actor=who.actor,
            carer=who.carer,
            pupil=None,
            told=Told(Kind.URGENT, words=words),
            at=who.at,
        )
        if known is None and matter.conversation:
            ask_to_ring(
                matter.conversation, why=Why.ASKED, member=None, by=matter.due_at, at=who.at
            )
    return redirect("for_today_one", school=who.school.slug, public_id=matter.public_id)


def _may_go(form: AboutToday) -> bool:
    """Whether it can be sent: words of danger show the routes once before (threat T6)."""
    return form.is_valid() and not form.shows_routes_first()


def _sent(form: AboutToday, send: Callable[..., Matter], who: Who) -> Matter | None:
    """What was sent; none when something has to be put right first."""
    try:
        with transaction.atomic():
            return send(pupil=form.cleaned_data["pupil"], at=who.at)
    except (TodayError, ConversationError) as refusal:
        form.add_error(None, str(refusal))
        return None


def _to_what_was_sent(matter: Matter, form: AboutToday) -> HttpResponse:
    """To its page; where the words speak of danger, to the thread with the routes once more."""
    if form.speaks_of_danger() and matter.conversation:
        return redirect(matter.conversation.page + "?routes=now#routes-now")
    return redirect("for_today_one", school=matter.school.slug, public_id=matter.public_id)


def _about(form: AboutToday, children: Iterable[Pupil] = ()) -> Pupil | None:
    """Of which child the page is: the one chosen, or on the address, else the only one."""
    field, chosen = form["pupil"], form.fields["pupil"]
    try:
        found: Pupil | None = chosen.clean(field.value()) if field.value() else None
    except ValidationError:
        return None
    only = list(children)
    return found or (only[0] if len(only) == 1 else None)


def _page(form: AboutToday, who: Who, about: Pupil | None) -> dict[str, object]:
    """What both forms show: when somebody is there, and the routes before words of danger go."""
    assert who.school is not None  # the gate admits members of a school
    page: dict[str, object] = {
        "form": form,
        "due_at": times(who.at, day_of_school(who.school, about)).due_at,
        "staffed": staffed(who.school, who.at),
        "settings": who.school.settings,
    }
    if _is_shown_first(form):
        routes = routes_now(who.school, who.at)
        page |= {"before": True, "to": _("the school office"), "routes": routes}
    return page


def _is_shown_first(form: AboutToday) -> bool:
    return form.is_valid() and form.shows_routes_first()


def _status(form: AboutToday) -> int:
    return 422 if form.is_bound and not _is_shown_first(form) else 200


def _asked_just_now(who: Who) -> Matter | None:
    """The same press a moment ago, while nobody has seen it."""
    rows = access.own(who).filter(kind=Kind.URGENT, state="waiting", pupil=None)
    return rows.filter(conversation__kind=Conversation.Kind.ORDINARY).first()


def _one_child(request: HttpRequest) -> dict[str, str]:
    child = request.GET.get("child", "")
    return {"pupil": child} if child else {}


def _told(request: HttpRequest, who: Who, kind: Kind, form: TellToday) -> Told:
    said = form.cleaned_data
    other = (
        Other(said["who"], said["relationship"], said["at"]) if kind is Kind.COLLECTION else None
    )
    return Told(
        kind,
        words=said["words"],
        other=other,
        once=said["once"],
        known_device=_is_known_device(request, who),
    )


def _is_known_device(request: HttpRequest, who: Who) -> bool:
    """Whether this browser was signed in a day ago already."""
    return UserSession.objects.filter(
        user_id=who.user_id,
        session_key=request.session.session_key or "",
        created_at__lte=who.at - KNOWN_FOR,
    ).exists()
