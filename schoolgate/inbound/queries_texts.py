"""What is asked before a text is put in its place."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from schoolgate.conversations.access import visible_to_carer
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.states import State
from schoolgate.delivery.models import Content, Parcel
from schoolgate.inbound.belonging_of_texts import FRESH, OpenThread, TextFacts
from schoolgate.inbound.telephone.reading import FromTelephone
from schoolgate.people.access import Who
from schoolgate.people.models import Carer
from schoolgate.people.queries import carers_with_number
from schoolgate.school.models import School


def text_facts_of(school: School, text: FromTelephone, at: datetime) -> TextFacts:
    """What is known about a text now (UTC), in the school's own transaction."""
    senders = carers_with_number(school_id=school.pk, number=text.number, at=at)
    sole = senders[0] if len(senders) == 1 else None
    theirs = visible_to_carer(Who(school=school, carer=sole, at=at))
    return TextFacts(
        at=at,
        makes_sense=text.makes_sense,
        has_number=bool(text.number),
        senders=tuple(carer.pk for carer in senders),
        told_of=_told_of(theirs, sole, at) if sole else (),
        open=_open(theirs),
    )


def last_texted_at(carers: Iterable[Carer]) -> datetime | None:
    """When a text of the school in sight last left to one of these (UTC)."""
    sent = Parcel.objects.filter(
        carer__in=list(carers), channel=Parcel.Channel.SMS, state=Parcel.State.SENT
    )
    last: datetime | None = sent.aggregate(last=Max("ended_at"))["last"]
    return last


def _told_of(theirs: QuerySet[Conversation], carer: Carer, at: datetime) -> tuple[int, ...]:
    """The threads of whose answers a text has told them within the last days."""
    notices = Parcel.objects.filter(
        carer=carer,
        channel=Parcel.Channel.SMS,
        state=Parcel.State.SENT,
        ended_at__gt=at - FRESH,
        content__purpose=Content.Purpose.REPLY,
    )
    threads = notices.filter(content__thread__isnull=False).values("content__thread")
    return tuple(theirs.filter(pk__in=threads).values_list("pk", flat=True))


def _open(theirs: QuerySet[Conversation]) -> tuple[OpenThread, ...]:
    from_school = Q(messages__direction=Message.Direction.SCHOOL)
    rows = (
        theirs.filter(merged_into=None)
        .exclude(state=State.CLOSED)
        .annotate(school_wrote_at=Max("messages__at", filter=from_school))
    )
    return tuple(OpenThread(one.pk, one.school_wrote_at) for one in rows.order_by("pk"))
