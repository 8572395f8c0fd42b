"""Seeing: who of the team has opened a thread, and how far it went then (threat T19)."""

from datetime import datetime

from django.db import connection

from schoolgate.conversations.models import Conversation, Message, ReadBefore
from schoolgate.people.models import TeamMember


def note_seen(*, member: TeamMember, conversation: Conversation, at: datetime) -> None:
    """Write down in one statement that a team member has opened a thread (UTC)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_seen AS s"
            " (school_id, conversation_id, member_id, first_at, last_at, up_to)"
            " SELECT %s, %s, %s, %s, %s, coalesce(max(id), 0)"
            " FROM conversations_message WHERE conversation_id = %s"
            " ON CONFLICT (conversation_id, member_id) DO UPDATE SET"
            " last_at = greatest(s.last_at, EXCLUDED.last_at),"
            " up_to = greatest(s.up_to, EXCLUDED.up_to)",
            [conversation.school_id, conversation.pk, member.pk, at, at, conversation.pk],
        )


def carry_seen(old: Conversation, new: Conversation) -> None:
    """Messages move to another thread, in the caller's transaction: who saw them has seen them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_seen AS s"
            " (school_id, conversation_id, member_id, first_at, last_at, up_to)"
            " SELECT school_id, %s, member_id, first_at, last_at, up_to"
            " FROM conversations_seen WHERE conversation_id = %s"
            " ON CONFLICT (conversation_id, member_id) DO UPDATE SET"
            " first_at = least(s.first_at, EXCLUDED.first_at),"
            " last_at = greatest(s.last_at, EXCLUDED.last_at),"
            " up_to = greatest(s.up_to, EXCLUDED.up_to)",
            [new.pk, old.pk],
        )


def remember_readers(message: Message) -> None:
    """Who has read a message until now; written as its text is taken, in that transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_readbefore (school_id, message_id, member_id)"
            " SELECT school_id, %s, member_id FROM conversations_seen"
            " WHERE conversation_id = %s AND up_to >= %s ON CONFLICT DO NOTHING",
            [message.pk, message.conversation_id, message.pk],
        )


def readers_before(message: Message) -> list[TeamMember]:
    """The team members who had read a message before a leader took its text."""
    rows = ReadBefore.objects.filter(message=message).select_related("member")
    return [row.member for row in rows.order_by("member__sorted_by", "pk")]
