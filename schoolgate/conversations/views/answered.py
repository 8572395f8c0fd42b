"""The family says whether it was answered."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, opened_to
from schoolgate.conversations import access
from schoolgate.conversations.actions.saying import (
    say_it_did_not_answer,
    say_it_helped,
    take_word_back,
)
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.models import Message
from schoolgate.people.access import Who
from schoolgate.response_clock.words import moment


@opened_to(a_carer)
@require_POST
def family_word(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One press under an answer: it was none, it helped, or the thanks are taken back."""
    who = who_asks(request)
    message = access.message_for_carer(who, public_id)
    try:
        with transaction.atomic():
            said = _said(who, message, request.POST.get("word", ""))
    except ConversationError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(f"{message.conversation.page}#m{message.public_id}")


def _said(who: Who, message: Message, word: str) -> str:
    """Do what was pressed; the sentence that thanks for it. Raises Http404, ConversationError."""
    if word == "did not answer":
        return _again(who, message)
    if word == "helped":
        say_it_helped(actor=who.actor, message=message, at=who.at)
        return _("Thank you for telling us.")
    if word == "taken back":
        take_word_back(actor=who.actor, message=message, at=who.at)
        return _("It is taken back.")
    raise Http404


def _again(who: Who, message: Message) -> str:
    """By when there is another answer, as the plate says it."""
    word = say_it_did_not_answer(actor=who.actor, message=message, at=who.at)
    due = word.again.due_at if word.again else None
    if due is None or due < who.at:
        return _("Thank you for telling us. We look at it again.")
    by = moment(due, message.conversation.school.settings.timezone)
    return _("Thank you for telling us. You have another answer by {due}.").format(due=by)
