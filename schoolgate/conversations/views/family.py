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
from schoolgate.conversations.actions.receiving import Words, receive, start
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.forms import FirstWriting, Writing
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.pages import family_page
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
            messages.success(request, _("Your message has reached the school."))
            return redirect(conversation.page + "#promise")
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
    form = FirstWriting(request.POST or None, request.FILES or None)
    children = _children(who)
    offer(form, "pupil", children)
    if request.method == "POST" and form.is_valid() and who.carer:
        made = _started(who, form, kind)
        if made:
            messages.success(request, _("Your message has reached the school."))
            return redirect(made.page + "#promise")
    page = {
        "form": form,
        "kind": kind,
        "children": list(children),
        "settings": who.school and who.school.settings,
    }
    return render(request, "conversations/write.html", page, status=422 if form.is_bound else 200)


def _started(who: Who, form: FirstWriting, kind: str) -> Conversation | None:
    """The conversation that was opened; none when something has to be put right first."""
    known = _written_already(who, form)
    if known:
        return known.conversation
    children = list(_children(who))
    pupil = form.cleaned_data["pupil"] or (children[0] if len(children) == 1 else None)
    try:
        with transaction.atomic():
            return start(
                actor=who.actor,
                carer=who.carer,  # type: ignore[arg-type]  # the gate admits carers only
                words=_words(who, form),
                pupil=pupil,
                subject=form.cleaned_data["subject"],
                kind=kind,
            )
    except (ConversationError, StorageFull) as refusal:
        form.add_error(None, str(refusal))
        return None


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
