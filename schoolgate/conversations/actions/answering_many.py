"""A family answers something that went to many: in a thread of its own, ever the same one."""

from schoolgate.conversations.actions.receiving import Words, receive, start
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import OFFICE, present
from schoolgate.delivery.models import Content
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, Pupil


def answer_to_many(
    *, actor: Actor, carer: Carer, content: Content, words: Words, pupil: Pupil | None
) -> Conversation:
    """Take a carer's answer, in the caller's transaction; two families never share a thread.

    It goes to whoever the content names for its answers, else to the office (Clause 1.0-A2).
    Raises NothingWritten, AttachmentTooLarge.
    """
    known = Conversation.objects.filter(carer=carer, answers=content).first()
    if known:
        receive(actor=actor, conversation=known, carer=carer, words=words)
        return known
    conversation = start(
        actor=actor, carer=carer, words=words, pupil=pupil, subject=f"Re: {content.subject}"
    )
    owner = present(content.answers_to, words.at) if content.answers_to else OFFICE
    conversation.answers, conversation.owner, conversation.queue = (
        content,
        owner.member,
        owner.queue,
    )
    conversation.save(update_fields=["answers", "owner", "queue"])
    return conversation
