"""The family's side: what the school wrote to all, and one press to answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, opened_to
from schoolgate.announcements import access
from schoolgate.announcements.actions.answering import Given, answer
from schoolgate.announcements.actions.optional_news import agree_to_news, stop_news
from schoolgate.announcements.errors import AnnouncementError
from schoolgate.announcements.forms import Answering
from schoolgate.announcements.models import Answer
from schoolgate.announcements.pages import MOST, family_page
from schoolgate.announcements.queries import wants_news


@opened_to(a_carer)
@require_safe
def from_school(request: HttpRequest) -> HttpResponse:
    """Everything that the school wrote to this family, latest first."""
    who = who_asks(request)
    rows = access.visible_to_carer(who).order_by("-published_at", "-pk")
    shown = Paginator(rows, MOST).get_page(request.GET.get("page"))
    page = {"rows": shown, "wants_news": bool(who.carer and wants_news(who.carer))}
    return render(request, "announcements/from_school.html", page)


@opened_to(a_carer)
@require_safe
def from_school_one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One announcement; looking at it is recorded nowhere."""
    who = who_asks(request)
    page = family_page(who, access.one_as_carer(who, public_id))
    return render(request, "announcements/family.html", page)


@opened_to(a_carer)
@require_POST
def answering(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer it, by the same verb as the signed link."""
    who = who_asks(request)
    found = access.one_as_carer(who, public_id)
    form = Answering(request.POST)
    if form.is_valid() and who.carer:
        children = access.children_of(who, found, who.carer)
        if form.cleaned_data["child"]:
            children = children.filter(public_id=form.cleaned_data["child"])
        given = Given(says=form.cleaned_data["says"], children=children, way=Answer.Way.PORTAL)
        try:
            answer(actor=who.actor, carer=who.carer, announcement=found, given=given, at=who.at)
        except AnnouncementError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The school has your answer."))
    return redirect(found.page)


@opened_to(a_carer)
@require_POST
def optional_news(request: HttpRequest) -> HttpResponse:
    """Have optional news, or have it no more."""
    who = who_asks(request)
    if who.carer:
        wanted = request.POST.get("news") == "yes"
        verb = agree_to_news if wanted else stop_news
        verb(actor=who.actor, carer=who.carer, way="portal", at=who.at)
        said = _("You get optional news.") if wanted else _("You get no more optional news.")
        messages.success(request, said)
    return redirect("from_school", school=who.school.slug if who.school else "")
