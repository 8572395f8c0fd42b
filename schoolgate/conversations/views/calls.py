"""Calls: writing one down, whom to ring, and a press that rings."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations import access, access_calls
from schoolgate.conversations.actions.calling import With, log
from schoolgate.conversations.actions.connecting import ask_to_connect
from schoolgate.conversations.actions.keeping import text_given
from schoolgate.conversations.actions.pressing import written_already
from schoolgate.conversations.actions.ringing_back import end_without_ringing
from schoolgate.conversations.call_forms import Connecting, LoggingCall
from schoolgate.conversations.call_pages import log_page, tasks_page
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.models import Conversation, Message
from schoolgate.ledger.actions import record
from schoolgate.people.access import Who
from schoolgate.people.errors import OtherChildNamed


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def log_call(request: HttpRequest) -> HttpResponse:
    """Write down a call or a visit in one press (Clauses 2.1-M1, 2.1-M5, 2.2-T4b)."""
    who = who_asks(request)
    conversation = access_calls.thread_to_ring(who, request.GET.get("conversation", ""))
    links = None if conversation else access_calls.links_to_ring(who)
    assert who.school is not None  # the gate admits members of a school
    form = LoggingCall(request.POST or None, school=who.school, links=links)
    if request.method == "POST" and form.is_valid():
        message = _log(who, conversation, form)
        if message is not None:
            messages.success(request, _("It is written down."))
            return redirect(_where_it_stands(who, message))
    pressed = request.GET.get("show") == "number"
    if pressed and conversation:
        _note_look(who, conversation)
    page = log_page(who, conversation, form, pressed=pressed)
    return render(
        request, "conversations/log_call.html", page, status=422 if form.is_bound else 200
    )


@opened_to(a_team_member)
@require_safe
def call_tasks(request: HttpRequest) -> HttpResponse:
    """Whom to ring and by when: one's own, and the office's."""
    return render(request, "conversations/call_tasks.html", tasks_page(who_asks(request)))


@opened_to(a_team_member)
@require_POST
def call_task_ending(request: HttpRequest, number: int) -> HttpResponse:
    """Take a call-back off the list, with a reason."""
    who = who_asks(request)
    task = access_calls.one_task(who, number)
    try:
        end_without_ringing(
            actor=who.actor, task=task, because=request.POST.get("because", ""), at=who.at
        )
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is off the list."))
    return redirect("call_tasks", school=who.school.slug if who.school else "")


@opened_to(a_team_member)
@require_POST
def ring(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have a line of the school's ring, and then the family."""
    who = who_asks(request)
    conversation = access.one_as_team(who, public_id)
    form = Connecting(request.POST)
    back = reverse("log_call", kwargs={"school": conversation.school.slug})
    page = f"{back}?conversation={conversation.public_id}"
    if not form.is_valid() or who.member is None:
        messages.warning(request, _("Please choose a number and a line."))
        return redirect(page)
    route = access_calls.number_to_ring(who, conversation, form.cleaned_data["number"])
    try:
        ask_to_connect(
            actor=who.actor,
            member=who.member,
            conversation=conversation,
            route=route,
            line=form.cleaned_data["line"],
            sure=form.cleaned_data["sure"],
            at=who.at,
        )
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Your line rings in a moment. Then we ring the family."))
    return redirect(page)


def _log(who: Who, conversation: Conversation | None, form: LoggingCall) -> Message | None:
    """What was written down; nothing where the form says why not."""
    assert who.member is not None  # the gate admits team members
    link = form.cleaned_data.get("link")
    about = With(link.carer, link.pupil) if link else None
    if conversation:
        about = With(conversation.carer, conversation.pupil, conversation)
    assert about is not None  # the form asks for one where no thread is named
    given = text_given(conversation, form.cleaned_data["given"]) if conversation else ""
    try:
        with transaction.atomic():
            known = written_already(form.cleaned_data["once"])
            return known or log(
                actor=who.actor,
                member=who.member,
                about=about,
                told=form.told(who.at, given),
                at=who.at,
            )
    except (ConversationError, OtherChildNamed) as refusal:
        form.add_error(None, str(refusal))
        return None


def _where_it_stands(who: Who, message: Message) -> str:
    """The thread, or one's list where one may not read what one wrote down, such as a complaint."""
    thread = message.conversation
    if access.visible_to(who).filter(pk=thread.pk).exists():
        return f"{thread.page}#m{message.public_id}"
    return reverse("to_answer", kwargs={"school": thread.school.slug})


def _note_look(who: Who, conversation: Conversation) -> None:
    record(
        actor=who.actor,
        verb="looked at a number",
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=who.at,
    )
