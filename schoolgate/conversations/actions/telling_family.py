"""Telling a family who has their message now and by when; never why somebody is away."""

from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.conversations.actions.moving import open_promises
from schoolgate.conversations.actions.receipts import had_a_receipt_by_email, send_note
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.routing import owner_name
from schoolgate.people.models import TeamMember
from schoolgate.response_clock.words import moment


def tell_who_has_it(
    conversation: Conversation, *, away: TeamMember | None = None, at: datetime
) -> Message:
    """Put a note into the thread: who is away, who has it, and that the time stays (5.2; UTC)."""
    who = owner_name(conversation)
    if away is None:
        first = _("{who} has your message now.").format(who=who)
    else:
        first = _("{away} is away; {who} has your message.").format(away=away.name, who=who)
    due = open_promises(conversation).order_by("due_at").values_list("due_at", flat=True).first()
    if due is not None and due > at:
        by = moment(due, conversation.school.settings.timezone)
        first += " " + _("The time stays the same: {due}.").format(due=by)
    return tell(conversation, first, at)


def tell(conversation: Conversation, words: str, at: datetime) -> Message:
    """An automatic note; by email too unless one has gone to its carer on that day (UTC)."""
    hello = _("Hello {name}.").format(name=conversation.carer.greeting)
    ending = _("This note was sent automatically.")
    by_email = not had_a_receipt_by_email(conversation.carer, at)
    return send_note(conversation, "\n\n".join([f"{hello} {words}", ending]), at, by_email=by_email)
