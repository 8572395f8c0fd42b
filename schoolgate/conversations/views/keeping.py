"""A leader takes a text to themselves, and gives the words for its answer."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import opened_to, takes_texts
from schoolgate.conversations import access
from schoolgate.conversations.actions.keeping import give_words, keep
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.forms import GivingWords, KeepingText
from schoolgate.conversations.pages import team_page


@opened_to(takes_texts)
@require_POST
def keepings(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a message's text away from everybody but oneself and its author."""
    who = who_asks(request)
    message = access.message_for_team(who, public_id)
    form = KeepingText(request.POST)
    form.is_valid()
    try:
        with transaction.atomic():
            keep(
                keeper_user=who.user_id,  # type: ignore[arg-type]  # the gate admits members
                message=message,
                at=who.at,
                reason=form.cleaned_data.get("reason", ""),
            )
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The text is with you now. Please give words for its answer."))
    return redirect(f"/{message.school.slug}/conversations/{message.conversation.public_id}/")


@opened_to(takes_texts)
@require_POST
def given_words(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give whoever has the conversation the words that they may send."""
    who = who_asks(request)
    conversation = access.one_as_team(who, public_id)
    form = GivingWords(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                give_words(
                    given_by_user=who.user_id,  # type: ignore[arg-type]  # the gate admits members
                    conversation=conversation,
                    words=form.cleaned_data["words"],
                    at=who.at,
                )
        except ConversationError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The words are ready to be sent."))
            return redirect(conversation.page)
    page = team_page(who, conversation, give_form=form)
    return render(request, "conversations/team.html", page, status=422)
