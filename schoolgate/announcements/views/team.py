"""The team's pages: the list, writing, what each family gets, how it goes, and answers."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.announcements import access
from schoolgate.announcements.actions import correcting, drafting
from schoolgate.announcements.audience import own_children
from schoolgate.announcements.closing_days import begun_from_entry
from schoolgate.announcements.errors import AnnouncementError
from schoolgate.announcements.forms import (
    Composing,
    Correcting,
    Listing,
    OtherLanguage,
    begun_from,
    written_in,
)
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.pages import MOST, answers_page, progress_page
from schoolgate.announcements.starters import STARTERS
from schoolgate.announcements.states import OUT
from schoolgate.announcements.views.before import before_page
from schoolgate.announcements.wording import subject_of
from schoolgate.design.choosing import offer
from schoolgate.ledger.actions import record
from schoolgate.people.access import Who
from schoolgate.people.queries import on_roll


@opened_to(a_team_member)
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """One's own announcements; for the office and leaders those of the school."""
    who = who_asks(request)
    rows = access.visible_to_team(who).select_related("author", "sender")
    shown = Paginator(rows, MOST).get_page(request.GET.get("page"))
    page = {"rows": shown, "asked": access.asked_for(who), "starters": STARTERS.items()}
    return render(request, "announcements/list.html", page)


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a new one, from nothing or from a template."""
    who = who_asks(request)
    initial = begun_from(request.GET.get("template", ""))
    initial |= begun_from_entry(who, request.GET.get("day", ""))
    form = Composing(request.POST or None, initial=initial).for_somebody(who)
    if request.method == "POST" and form.is_valid() and who.member and who.school:
        made = drafting.draft(
            actor=who.actor,
            school=who.school,
            author=who.member,
            words=form.words(),
            audience=form.audience(),
            at=who.at,
        )
        return _saved(request, made)
    return _composer(request, form, None)


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a draft."""
    who = who_asks(request)
    draft = access.one_to_write(who, public_id)
    form = Composing(request.POST or None, initial=written_in(draft)).for_somebody(who)
    if request.method == "POST" and form.is_valid():
        try:
            drafting.change(
                actor=who.actor,
                announcement=draft,
                words=form.words(),
                audience=form.audience(),
                at=who.at,
            )
        except AnnouncementError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, draft)
    return _composer(request, form, draft)


@opened_to(a_team_member)
@require_safe
def announcement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Before it goes: what each family gets. Afterwards: how it goes, live."""
    who = who_asks(request)
    found = access.one_as_team(who, public_id)
    if found.state in OUT:
        return render(request, "announcements/progress.html", progress_page(who, found))
    return render(request, "announcements/before.html", before_page(request, who, found))


@opened_to(a_team_member)
@require_POST
def other_words(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the words in another language."""
    who = who_asks(request)
    draft = access.one_to_write(who, public_id)
    form = OtherLanguage(request.POST)
    if not form.is_valid():
        page = before_page(request, who, draft, other_form=form)
        return render(request, "announcements/before.html", page, status=422)
    try:
        drafting.say_in_other_words(
            actor=who.actor, announcement=draft, at=who.at, **form.cleaned_data
        )
    except AnnouncementError as refusal:
        messages.warning(request, str(refusal))
    return redirect(draft.team_page)


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put right what was wrong, for exactly those who got it."""
    who = who_asks(request)
    wrong = access.one_as_team(who, public_id)
    initial = {"subject": wrong.subject, "text": wrong.text}
    form = Correcting(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _corrected(who, wrong, form)
        if made:
            messages.success(request, _("Nothing more of the wrong one leaves. Now send this one."))
            return redirect(made.team_page)
    page = {"announcement": wrong, "subject": subject_of(wrong), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "announcements/correction.html", page, status=status)


@opened_to(a_team_member)
@require_safe
def answers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was answered for each child, and who has not answered."""
    who = who_asks(request)
    found = access.one_as_team(who, public_id)
    # Views of names and answers are recorded for team members, never for carers (threat T19).
    record(
        actor=who.actor,
        verb="looked at answers",
        school_id=found.school_id,
        about=("announcement", found.public_id),
        at=who.at,
    )
    return render(request, "announcements/answers.html", answers_page(who, found))


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Lists of children, for a trip or a meeting."""
    who = who_asks(request)
    form = Listing(request.POST or None)
    offer(form, "children", own_children(who).filter(on_roll(who.at.date())))
    if request.method == "POST" and form.is_valid() and who.member:
        data = form.cleaned_data
        drafting.make_list(
            actor=who.actor,
            member=who.member,
            name=data["name"],
            kind=data["kind"],
            pupils=data["children"],
            at=who.at,
        )
        messages.success(request, _("The list is there, and can be chosen for an announcement."))
        return redirect("pupil_lists", school=who.school.slug if who.school else "")
    page = {"form": form, "lists": access.lists_for(who)}
    status = 422 if form.is_bound else 200
    return render(request, "announcements/lists.html", page, status=status)


@opened_to(a_team_member)
@require_POST
def list_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A list is needed no more."""
    who = who_asks(request)
    found = get_object_or_404(access.lists_for(who), public_id=public_id)
    drafting.end_list(actor=who.actor, pupil_list=found, at=who.at)
    messages.success(request, _("The list has ended, and can be chosen no more."))
    return redirect("pupil_lists", school=found.school.slug)


def _saved(request: HttpRequest, draft: Announcement) -> HttpResponse:
    """To the preview, or on with writing."""
    if request.POST.get("press") == "look":
        return redirect(draft.team_page)
    messages.success(request, _("Saved. Nothing goes until you press send."))
    return redirect("announcement_words", school=draft.school.slug, public_id=draft.public_id)


def _composer(request: HttpRequest, form: Composing, draft: Announcement | None) -> HttpResponse:
    page = {"form": form, "draft": draft, "starters": STARTERS.items()}
    status = 422 if form.is_bound else 200
    return render(request, "announcements/composer.html", page, status=status)


def _corrected(who: Who, wrong: Announcement, form: Correcting) -> Announcement | None:
    if who.member is None:
        return None
    data = form.cleaned_data
    ways = ("asks", "answer_by", "chase_at", "is_urgent", "is_safety", "by_text", "by_letter",
            "purpose")  # fmt: skip
    try:
        return correcting.correct(
            actor=who.actor,
            author=who.member,
            wrong=wrong,
            words=drafting.Words(
                subject=data["subject"],
                text=data["text"],
                **{way: getattr(wrong, way) for way in ways},
            ),
            what_was_wrong=data["what_was_wrong"],
            at=who.at,
        )
    except AnnouncementError as refusal:
        form.add_error(None, str(refusal))
        return None
