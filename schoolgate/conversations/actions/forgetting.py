"""Forgetting: the words of a text that a leader takes are taken out of whatever repeats them."""

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Replace

from schoolgate.conversations.actions.moving import NO_SUBJECT, preview_of
from schoolgate.conversations.actions.receipts import safe_subject
from schoolgate.conversations.models import Closure, Conversation, Message
from schoolgate.delivery.models import Content


def forget_preview(message: Message) -> None:
    """Lists show something neutral where they showed a message's words."""
    shown = preview_of(message.body)
    if shown:
        _of_family(message).filter(preview=shown).update(preview=NO_SUBJECT)


def forget_subject(message: Message) -> str:
    """Name the threads that a message opened anew, neutrally; what the first was called.

    A thread that was opened by a message began when it came, wherever the message stands now; what
    was separated from it may be named the same. What answers many has its name from the school, and
    keeps it.
    """
    theirs = _of_family(message).filter(answers=None)
    opened = theirs.filter(opened_at=message.at)
    named = list(opened.exclude(subject=NO_SUBJECT).select_related("carer", "pupil"))
    for conversation in named:
        _forget_copies(conversation)
        theirs.filter(subject=conversation.subject).update(subject=NO_SUBJECT)
    own = [one.subject for one in named if one.pk == message.conversation_id]
    return next(iter([*own, *(one.subject for one in named)]), "")


def _forget_copies(conversation: Conversation) -> None:
    """In our own notes to the same family, why a thread was closed, and what was posted."""
    theirs = Conversation.objects.filter(carer=conversation.carer_id).values("pk")
    old, new = f"“{conversation.subject}”", f"“{NO_SUBJECT}”"
    Message.objects.filter(
        conversation__in=theirs, direction=Message.Direction.AUTOMATIC, body__contains=old
    ).update(body=Replace(F("body"), Value(old), Value(new)))
    Closure.objects.filter(conversation__in=theirs, reason__contains=old).update(
        reason=Replace(F("reason"), Value(old), Value(new))
    )
    posted = Content.objects.filter(thread__in=list(theirs.values_list("pk", flat=True)))
    posted.filter(text__contains=old).update(text=Replace(F("text"), Value(old), Value(new)))
    safe = safe_subject(conversation)
    for before in ("", "Re: "):
        posted.filter(subject=f"{before}{safe}"[:200]).update(subject=f"{before}{NO_SUBJECT}")


def _of_family(message: Message) -> QuerySet[Conversation]:
    return Conversation.objects.filter(school=message.school_id, carer=message.carer_id)
