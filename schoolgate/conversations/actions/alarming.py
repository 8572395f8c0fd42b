"""Alarming: what is recorded although it should not be, the head hears at once (decision 13)."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import kept_from
from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import acting_heads
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School
from schoolgate.working_time.errors import BeyondCalendarError


def alarm_of_private_phone(conversation: Conversation, member: TeamMember, at: datetime) -> None:
    """A call on a private telephone: the head and the caller's leader hear at once (2.2-T4b)."""
    _alarm(conversation, member, at)


def alarm_of_writing_urgently(conversation: Conversation, member: TeamMember, at: datetime) -> None:
    """Something urgent went to a family that is not to be rung: the same people hear (2.1-M2)."""
    _alarm(conversation, member, at)


def alert(
    school: School,
    members: Iterable[TeamMember],
    at: datetime,
    *,
    page: str,
    at_night: bool = False,
) -> None:
    """An email that names no child and no family; it waits for the opening, unless said (UTC)."""
    people = list({member.pk: member for member in members}.values())
    if not people:
        return
    address = f"{settings.PUBLIC_ADDRESS}/{school.slug}/{page}/"
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.ALERT,
        subject=_("A call at {school}").format(school=school.name),
        text=_(
            "There is something about calls that you need to know. See it here:\n{page}\n"
        ).format(page=address),
        written_at=at,
    )
    opens = None if at_night else _when_open(school, at)
    post_alert(content=content, members=people, at=at, not_before=opens)


def _alarm(conversation: Conversation, member: TeamMember, at: datetime) -> None:
    school = conversation.school
    told = [*acting_heads(school, at), *filter(None, [member.line_leader])]
    never = kept_from(conversation) | {member}
    people = [one for one in told if one not in never]
    alert(school, people, at, page="call-backs", at_night=True)


def _when_open(school: School, at: datetime) -> datetime:
    try:
        return reply_calendar(school).next_opening(at)
    except BeyondCalendarError:
        return at
