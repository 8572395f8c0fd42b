"""The team's side: answering, naming a day, noting, handing over, closing."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations import access
from schoolgate.conversations.actions import closing, handing_over, noting, replying, suggesting
from schoolgate.conversations.actions.keeping import text_given
from schoolgate.conversations.actions.pressing import written_already
from schoolgate.conversations.actions.releasing import release
from schoolgate.conversations.actions.typing_out import type_out
from schoolgate.conversations.actions.urgent import reply_urgently
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.forms import Closing, HandingOver, Holding, Noting, Replying
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.pages import team_page
from schoolgate.conversations.routing import SCHOOL_LEADERS, Owner, without_a_person
from schoolgate.design.choosing import offer
from schoolgate.people.access import Who
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import working_members
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.errors import StorageFull
from schoolgate.worries.reasons import Kind

Verb = Callable[[Who, TeamMember, Conversation], str]


@opened_to(a_team_member)
@require_POST
def replies(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer the family."""
    form = Replying(request.POST, request.FILES)

    def verb(who: Who, member: TeamMember, conversation: Conversation) -> str:
        if written_already(form.cleaned_data["once"]):
            return _("That was sent already.")
        _reply(who, member, conversation, form)
        return _("Your reply is on its way to {name}.").format(name=conversation.carer.name)

    return _do(request, public_id, form, verb, "reply_form")


def _reply(who: Who, member: TeamMember, conversation: Conversation, form: Replying) -> None:
    """What is urgent by its own verb: a call comes first (Clause 2.1-M2)."""
    written = form.written(_said(conversation, form))
    if form.cleaned_data["urgent"]:
        reply_urgently(
            actor=who.actor,
            member=member,
            conversation=conversation,
            answer=written,
            why=form.why(),
            at=who.at,
        )
        return
    replying.reply(
        actor=who.actor,
        member=member,
        conversation=conversation,
        body=written.body,
        at=who.at,
        uploads=written.uploads,
        once=written.once,
        named_because=written.named_because,
        file_because=written.file_because,
    )


@opened_to(a_team_member)
@require_POST
def holding_replies(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name the day by which the answer comes."""
    form = Holding(request.POST)

    def verb(who: Who, member: TeamMember, conversation: Conversation) -> str:
        once = form.cleaned_data["once"]
        if once and written_already(once):
            return _("That was sent already.")
        replying.hold(
            actor=who.actor,
            member=member,
            conversation=conversation,
            body=_said(conversation, form),
            until=_end_of_day(conversation, form.cleaned_data["until"]),
            at=who.at,
            once=once,
            named_because=form.cleaned_data["named_because"],
        )
        return _("{name} knows by when to expect news.").format(name=conversation.carer.name)

    return _do(request, public_id, form, verb, "hold_form")


@opened_to(a_team_member)
@require_POST
def notes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a note for the team alone."""
    form = Noting(request.POST)

    def verb(who: Who, member: TeamMember, conversation: Conversation) -> str:
        noting.note(
            actor=who.actor,
            member=member,
            conversation=conversation,
            body=form.cleaned_data["body"],
            at=who.at,
        )
        return _("The note is with the team. The family does not see it.")

    return _do(request, public_id, form, verb, "note_form")


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def hand_overs(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the conversation to a colleague or the office."""
    who = who_asks(request)
    conversation = access.one_as_team(who, public_id)
    form = HandingOver(request.POST or None)
    offer(form, "to", working_members(who.at).filter(school=who.school))
    queue = without_a_person(conversation)
    nobody = _("School leaders") if queue == SCHOOL_LEADERS else _("The office")
    form.fields["to"].empty_label = nobody  # type: ignore[attr-defined]  # a choice field
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            handing_over.hand_over(
                actor=who.actor,
                conversation=conversation,
                to=Owner(member=to) if to else queue,
                summary=form.cleaned_data["summary"],
                at=who.at,
            )
        except ConversationError as refusal:
            form.add_error(None, str(refusal))
        else:
            name = to.name if to else nobody
            messages.success(
                request,
                _("{name} has it now. The time that we gave stays the same.").format(name=name),
            )
            return redirect("to_answer", school=conversation.school.slug)
    page = {"conversation": conversation, "form": form}
    return render(
        request, "conversations/hand_over.html", page, status=422 if form.is_bound else 200
    )


@opened_to(a_team_member)
@require_POST
def takings(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the conversation on oneself."""

    def verb(who: Who, member: TeamMember, conversation: Conversation) -> str:
        handing_over.take(actor=who.actor, conversation=conversation, member=member, at=who.at)
        return _("You have it now. The time that we gave stays the same.")

    return _do(request, public_id, forms.Form(request.POST), verb, "take_form")


@opened_to(a_team_member)
@require_POST
def closures(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close with a reason that the family can read."""
    form = Closing(request.POST)

    def verb(who: Who, member: TeamMember, conversation: Conversation) -> str:
        closing.close(
            actor=who.actor,
            member=member,
            conversation=conversation,
            reason=form.cleaned_data["reason"],
            named_because=form.cleaned_data["named_because"],
            at=who.at,
        )
        return _("Finished. The family can open it again by one press.")

    return _do(request, public_id, form, verb, "close_form")


@opened_to(a_team_member)
@require_POST
def releases(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a file that was held be opened; one has looked at it, and says why."""
    who = who_asks(request)
    attachment = access.held_file(who, public_id)
    page = attachment.message.conversation.page
    try:
        release(
            actor=who.actor,
            member=who.member,  # type: ignore[arg-type]  # the gate admits team members only
            attachment=attachment,
            reason=request.POST.get("reason", ""),
            at=who.at,
        )
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The file can be opened now, by the family too."))
    return redirect(page)


@opened_to(a_team_member)
@require_POST
def typed_words(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a voicemail says, typed by somebody who has listened to it."""
    who = who_asks(request)
    message = access.voicemail(who, public_id)
    try:
        type_out(
            actor=who.actor,
            member=who.member,  # type: ignore[arg-type]  # the gate admits team members only
            message=message,
            words=request.POST.get("words", ""),
            at=who.at,
        )
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    return redirect(message.conversation.page)


@opened_to(a_team_member)
@require_POST
def decision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what a message's wording is about, or that it is not; danger goes on to raising it."""
    who = who_asks(request)
    suggestion = access.suggestion(who, public_id)
    accepted = request.POST.get("decision") == "accepted"
    message = suggestion.message
    try:
        suggesting.decide(
            actor=who.actor,
            member=who.member,  # type: ignore[arg-type]  # access gives it to team members only
            suggestion=suggestion,
            accepted=accepted,
            at=who.at,
        )
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    if accepted and suggestion.kind == Kind.DANGER:
        page = reverse("worried", kwargs={"school": message.conversation.school.slug})
        return redirect(f"{page}?message={message.public_id}")
    return redirect(f"{message.conversation.page}#m{message.public_id}")


def _do(
    request: HttpRequest, public_id: UUID, form: forms.Form, verb: Verb, name: str
) -> HttpResponse:
    """Run one verb on one conversation; what was written is kept when something is not right."""
    who = who_asks(request)
    conversation = access.one_as_team(who, public_id)
    if form.is_valid() and who.member:
        try:
            with transaction.atomic():
                said = verb(who, who.member, conversation)
        except (ConversationError, OtherChildNamed, StorageFull) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(conversation.page)
    page = team_page(who, conversation, **{name: form})
    return render(request, "conversations/team.html", page, status=422)


def _said(conversation: Conversation, form: forms.Form) -> str:
    """What was written; where a leader gives the words, those that stood on the page."""
    if conversation.guided:
        return text_given(conversation, form.cleaned_data["given"])
    return str(form.cleaned_data["body"])


def _end_of_day(conversation: Conversation, day: datetime) -> datetime:
    """The closing of that school day, else its last minute; in UTC."""
    zone = ZoneInfo(conversation.school.settings.timezone)
    calendar = reply_calendar(conversation.school)
    blocks = calendar.opens_on(day)
    if not blocks:
        return datetime.combine(day, time(23, 59), tzinfo=zone).astimezone(UTC)
    hour, minute = divmod(blocks[-1].end, 60)
    return datetime.combine(day, time(hour % 24, minute), tzinfo=zone).astimezone(UTC)
