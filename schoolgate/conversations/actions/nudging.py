"""Nudging: whoever has a conversation is reminded at half and at three quarters of the promise."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import STAFF_OF_QUEUE
from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import holders
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.nudging import due_for_a_nudge
from schoolgate.response_clock.words import moment
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School

KINDS = (Promise.Kind.REPLY, Promise.Kind.NEWS)


@transaction.atomic
def nudge(*, school: School, at: datetime) -> int:
    """Remind the owners of what is half and three quarters due; how many reminders (2.2-T1)."""
    due = due_for_a_nudge(school=school, kinds=KINDS, calendar=reply_calendar(school), at=at)
    for promise in due:
        _remind(promise, at)
    return len(due)


def _remind(promise: Promise, at: datetime) -> None:
    conversation = (
        Conversation.objects.select_related("school", "owner")
        .filter(public_id=promise.subject)
        .first()
    )
    if conversation is None or promise.due_at is None:
        return
    school = conversation.school
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.ALERT,
        subject=_("A family is waiting for a reply"),
        text=_("A reply is due by {due}. You can read and answer it here:\n{page}\n").format(
            due=moment(promise.due_at, school.settings.timezone),
            page=f"{settings.PUBLIC_ADDRESS}{conversation.page}",
        ),
        written_at=at,
    )
    post_alert(content=content, members=_owners(conversation, at), at=at)


def _owners(conversation: Conversation, at: datetime) -> list[TeamMember]:
    if conversation.owner:
        return [conversation.owner]
    roles = STAFF_OF_QUEUE[conversation.queue]
    return list(holders(school_id=conversation.school_id, roles=roles, at=at))
