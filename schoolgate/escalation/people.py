"""Whom people of this room may choose from; the only place that says it."""

from datetime import datetime

from django.db.models import QuerySet

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.routing import kept_from
from schoolgate.people.access import LEADERS, Who
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import members_here
from schoolgate.people.queries import holders, working_members


def whom_a_parent_may_name(conversation: Conversation, at: datetime) -> QuerySet[TeamMember]:
    """Whom a parent knows in this matter: who has it or had it, the tutor, and the head."""
    group = conversation.pupil.tutor_group if conversation.pupil else None
    known = {conversation.owner_id, conversation.first_owner_id, group.tutor_id if group else None}
    known |= set(conversation.messages.values_list("member", flat=True))
    heads = holders(
        school_id=conversation.school_id,
        roles=conversation.school.settings.head_holders,
        at=at,
    )
    known |= set(heads.values_list("pk", flat=True))
    working = working_members(at).filter(school=conversation.school)
    return working.filter(pk__in=[one for one in known if one is not None])


def may_have(conversation: Conversation, at: datetime) -> QuerySet[TeamMember]:
    """To whom a leader may give something on: who is here, and never from whom it is kept."""
    here = members_here(conversation.school_id, at)
    never = [one.pk for one in kept_from(conversation)]
    return here.exclude(pk__in=[*never, conversation.owner_id or 0])


def who_can_be_away(who: Who) -> QuerySet[TeamMember]:
    """Whose absence somebody may record: the office and leaders anybody's, others their own."""
    if who.school is None or who.member is None:
        return TeamMember.objects.none()
    working = working_members(who.at).filter(school=who.school)
    everybody = who.holds("office", *LEADERS, *who.school.settings.head_holders)
    return working if everybody else working.filter(pk=who.member.pk)


def who_can_cover(who: Who) -> QuerySet[TeamMember]:
    """Who may be named as cover: everybody who is here."""
    return members_here(who.school.pk, who.at) if who.school else TeamMember.objects.none()
