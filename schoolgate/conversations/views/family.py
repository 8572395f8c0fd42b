"""The family's side: writing, reading, answering."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, opened_to
from schoolgate.conversations import access
from schoolgate.conversations.actions.closing import reopen
from schoolgate.conversations.actions.pressing import written_already
from schoolgate.conversations.actions.receiving import About, Words, receive, start
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.forms import Complaining, FirstWriting, Writing
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.pages import family_page
from schoolgate.conversations.routes import routes_now
from schoolgate.conversations.routing import (
    QUEUE_OF_KIND,
    first_owner,
    queue_name,
    whom_a_family_knows,
)
from schoolgate.design.choosing import offer
from schoolgate.people.access import Who, pupils_of
from schoolgate.people.models import Pupil, Receives
from schoolgate.school.errors import StorageFull

DOORS = {
    "complaint": Conversation.Kind.COMPLAINT,
    "help": Conversation.Kind.HELP,
    "meeting": Conversation.Kind.MEETING,
    "policy": Conversation.Kind.POLICY,
}


@opened_to(a_carer)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write to the school: one box, no compulsory category (Clause 1.0-S4)."""
    return _first_writing(request, Conversation.Kind.ORDINARY)


@opened_to(a_carer)
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the doors that are always open (decision 21)."""
    if kind not in DOORS:
        raise Http404
    return _first_writing(request, DOORS[kind])


@opened_to(a_carer)
@require_POST
def add_message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One more message in one's own conversation."""
    who = who_asks(request)
    conversation = access.one_as_carer(who, public_id)
    form = Writing(request.POST, request.FILES)
    if form.is_valid() and who.carer:
        if _written_already(who, form):
            return redirect(conversation.page)
        if form.shows_routes_first():
            page = {**family_page(who, conversation, form), **_routes(who), "before": True}
            return render(request, "conversations/family.html", page)
        try:
            with transaction.atomic():
                receive(
                    actor=who.actor,
                    conversation=conversation,
                    carer=who.carer,
                    words=_words(who, form),
                )
        except (ConversationError, StorageFull) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(request, conversation, form)
    page = family_page(who, conversation, form)
    return render(request, "conversations/family.html", page, status=422)


@opened_to(a_carer)
@require_POST
def reopening(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a closed conversation again by one press."""
    who = who_asks(request)
    conversation = access.one_as_carer(who, public_id)
    try:
        with transaction.atomic():
            reopen(actor=who.actor, conversation=conversation, at=who.at)
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    return redirect(conversation.page)


def _first_writing(request: HttpRequest, kind: str) -> HttpResponse:
    who = who_asks(request)
    complains = kind == Conversation.Kind.COMPLAINT
    form_of = Complaining if complains else FirstWriting
    form = form_of(request.POST or None, request.FILES or None)
    children = _children(who)
    offer(form, "pupil", children)
    if complains:
        offer(form, "about", whom_a_family_knows(children, who.at))
    before = False
    if request.method == "POST" and form.is_valid() and who.carer:
        before = form.shows_routes_first()
        made = None if before else _started(who, form, kind)
        if made:
            return _sent(request, made, form)
    page = {
        "form": form,
        "kind": kind,
        "children": list(children),
        "settings": who.school and who.school.settings,
        "goes_to": queue_name(QUEUE_OF_KIND[kind]) if kind in QUEUE_OF_KIND else "",
        **(_before(who, form, kind) if before else {}),
    }
    refused = form.is_bound and not before
    return render(request, "conversations/write.html", page, status=422 if refused else 200)


def _before(who: Who, form: FirstWriting, kind: str) -> dict[str, object]:
    """What stands on the page that comes back once: the routes, and who would have the message."""
    owner = first_owner(kind=kind, topic="", pupil=_about(who, form), at=who.at)
    to = owner.member.name if owner.member else queue_name(owner.queue)
    return {**_routes(who), "before": True, "to": to}


def _routes(who: Who) -> dict[str, object]:
    assert who.school is not None  # the gate admits members of a school
    return {"routes": routes_now(who.school, who.at)}


def _sent(request: HttpRequest, conversation: Conversation, form: Writing) -> HttpResponse:
    """Back to the thread; where words may be about safety, the routes stand there once more."""
    messages.success(request, _("Your message has reached the school."))
    if form.speaks_of_danger():
        return redirect(conversation.page + "?routes=now#routes-now")
    return redirect(conversation.page + "#promise")


def _about(who: Who, form: FirstWriting) -> Pupil | None:
    """The child whom the message is about: the one chosen, else the only one."""
    children = list(_children(who))
    chosen: Pupil | None = form.cleaned_data["pupil"]
    return chosen or (children[0] if len(children) == 1 else None)


def _started(who: Who, form: FirstWriting, kind: str) -> Conversation | None:
    """The conversation that was opened; none when something has to be put right first."""
    known = _written_already(who, form)
    if known:
        return known.conversation
    try:
        with transaction.atomic():
            return start(
                actor=who.actor,
                carer=who.carer,  # type: ignore[arg-type]  # the gate admits carers only
                words=_words(who, form),
                pupil=_about(who, form),
                subject=form.cleaned_data["subject"],
                kind=kind,
                about=_whom(form),
            )
    except (ConversationError, StorageFull) as refusal:
        form.add_error(None, str(refusal))
        return None


def _whom(form: FirstWriting) -> About:
    """Whom a complaint is about, as far as they said it."""
    said = form.cleaned_data
    return About(said.get("about"), office=bool(said.get("about_office")))


def _children(who: Who) -> QuerySet[Pupil]:
    """Those about whom they may write: who receives less writes about no child, to the office."""
    return pupils_of(who, Receives.PROGRESS)


def _words(who: Who, form: Writing) -> Words:
    return Words(
        body=form.cleaned_data["body"],
        at=who.at,
        uploads=form.uploads(),
        once=form.cleaned_data["once"],
    )


def _written_already(who: Who, form: Writing) -> Message | None:
    known = written_already(form.cleaned_data["once"])
    return known if known and known.carer == who.carer else None
