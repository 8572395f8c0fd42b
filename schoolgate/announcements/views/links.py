"""What a signed link opens: no signing in, nothing to read but what is asked, GET changes nothing.

A person who gets hold of somebody else's link can answer in their place and learn no more than the
subject (threats T1 and T10); where the school sends notices only, not even that.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import anybody, opened_to
from schoolgate.announcements import access
from schoolgate.announcements.actions.answering import Given, answer, is_open
from schoolgate.announcements.actions.optional_news import stop_news
from schoolgate.announcements.errors import AnnouncementError
from schoolgate.announcements.forms import Answering
from schoolgate.announcements.models import Announcement, Answer
from schoolgate.announcements.queries import answers_of
from schoolgate.announcements.wording import subject_of
from schoolgate.delivery.compose import is_notice_only
from schoolgate.delivery.models import Content
from schoolgate.delivery.signed_link import Purpose, read
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import Who
from schoolgate.people.models import Carer


# The token itself says who presses; a page of another site can't know one.
@csrf_exempt
@opened_to(anybody)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm, or answer a slip, by two presses: machines that look through mail press the first.

    Only an answer that the page names counts; anything else shows the page again (decision 25).
    """
    who = who_asks(request)
    _in_a_school(who)
    found, carer = access.by_link(who, read(Purpose.ANSWER, token))
    said, refused, status = _standing(found, carer), "", 200
    form = Answering(request.POST if request.method == "POST" else None)
    pressed = form.is_valid() and form.cleaned_data["says"] or ""
    answered = bool(pressed) and "sure" in request.POST
    if answered:
        refused = _answered(who, found, carer, form)
        said, status = _standing(found, carer), 422 if refused else 200
    children = access.children_of(who, found, carer)
    page = {
        "subject": _shown_subject(found),
        "page": found.page,
        "confirms": found.asks == Content.Asks.CONFIRM,
        "several": children.count() > 1,
        "said": said,
        "once_more": "" if answered else pressed,
        "just_now": answered and not refused,
        "refused": refused,
        "open": is_open(found, who.at),
        "answer_by": found.answer_by,
    }
    return render(request, "announcements/answer_link.html", page, status=status)


@csrf_exempt
@opened_to(anybody)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_link(request: HttpRequest, token: str) -> HttpResponse:
    """End optional news by two presses, or by the mail program's own button (RFC 8058)."""
    who = who_asks(request)
    _in_a_school(who)
    carer = access.carer_to_stop(who, read(Purpose.STOP_NEWS, token))
    by_program = request.POST.get("List-Unsubscribe") == "One-Click"
    pressed = by_program or request.POST.get("stop") == "sure"
    if pressed:
        stop_news(actor=_as_carer(carer), carer=carer, way="link", at=who.at)
    page = {"pressed": pressed, "once_more": request.POST.get("stop") == "yes"}
    return render(request, "announcements/stop_link.html", page)


def _in_a_school(who: Who) -> None:
    if who.school is None:
        raise Http404


def _answered(who: Who, found: Announcement, carer: Carer, form: Answering) -> str:
    """Keep the answer for every child whom it concerns; what is in the way, in words."""
    if not form.is_valid():
        return str(AnnouncementError())
    given = Given(
        says=form.cleaned_data["says"],
        children=access.children_of(who, found, carer),
        way=Answer.Way.LINK,
    )
    try:
        answer(actor=_as_carer(carer), carer=carer, announcement=found, given=given, at=who.at)
    except AnnouncementError as refusal:
        return str(refusal)
    return ""


def _standing(found: Announcement, carer: Carer) -> str:
    """What they have said so far: one thing, differing things, or nothing."""
    said = set(answers_of(found, carer).values())
    return "differ" if len(said) > 1 else next(iter(said), "")


def _shown_subject(found: Announcement) -> str:
    content = found.content
    hidden = content is None or is_notice_only(content, found.school.settings.email_route)
    return "" if hidden else subject_of(found)


def _as_carer(carer: Carer) -> Actor:
    return Actor("carer", carer.pk, carer.name)
