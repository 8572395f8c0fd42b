"""Pressing a button twice: the same sending is one message, also when both come at once."""

import uuid

from django.db import connection

from schoolgate.conversations.models import Message

LOCK_BITS = 62


def written_already(once: uuid.UUID) -> Message | None:
    """What this form wrote when it was pressed before; a press under way is waited for.

    A browser sends a form again when its connection breaks, perhaps while the first sending is
    still being worked on. The lock ends with the caller's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [once.int >> (128 - LOCK_BITS)])
    return Message.objects.select_related("conversation__school").filter(public_id=once).first()
