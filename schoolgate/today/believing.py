"""What is believed of what is for today (decision 24): by no mail or text that anybody can forge.

What was told on the portal, or to a colleague, is the family's. A mail whose sender is not proven,
a text and a voicemail only say that somebody says so: they stand on the list at once, and explain
nothing until a colleague has rung the family on a number that was known before, and spoken.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from schoolgate.conversations.models import Call, Message
from schoolgate.people.models import ContactRoute
from schoolgate.today.models import Matter
from schoolgate.today.routes import BY_VOICE, KNOWN_FOR

PROVEN = "passed"
# Whoever sends chooses the number that is shown.
FORGED_WITH_EASE = (Message.Channel.TEXT, Message.Channel.VOICEMAIL)
NOT_PROVEN = (
    Q(tray__isnull=False)
    | Q(message__channel__in=FORGED_WITH_EASE)
    | Q(message__channel=Message.Channel.EMAIL) & ~Q(message__sender_check=PROVEN)
)


def believed(matters: QuerySet[Matter], at: datetime) -> QuerySet[Matter]:
    """Those by which something may be done at a moment (UTC)."""
    return matters.filter(~NOT_PROVEN | _spoken_with(at))


def _spoken_with(at: datetime) -> Exists:
    """Whether the school has rung whoever is said to have written, since it came, and they spoke.

    A number that came after it, or a day before, proves nothing: it may be the forger's own.
    """
    number = ContactRoute.objects.filter(
        carer=OuterRef(OuterRef("carer")),
        kind__in=BY_VOICE,
        verified_at__lte=OuterRef(OuterRef("came_at")) - KNOWN_FOR,
        ended_at=None,
    )
    calls = Call.objects.filter(
        Exists(number),
        school=OuterRef("school"),
        message__conversation__carer=OuterRef("carer"),
        way=Call.Way.CALL,
        outcome=Call.Outcome.SPOKE,
        inbound=False,
        began_at__gte=OuterRef("came_at"),
        began_at__lte=at,
    )
    return Exists(calls)


def doubt_of(matter: Matter) -> str:
    """Why nothing may be done by it yet, as a code: failed, unknown, number; nothing where none."""
    message = matter.message
    if message is None:
        return "unknown" if matter.tray else ""
    return message.doubt
