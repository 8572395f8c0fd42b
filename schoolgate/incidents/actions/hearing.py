"""What the post room and the threads report: it did not arrive, it did, somebody spoke to them."""

from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.conversations.models import Message
from schoolgate.conversations.news import Answered, FamilyWrote
from schoolgate.delivery.models import Parcel
from schoolgate.delivery.outcomes import News
from schoolgate.incidents.actions.moving import locked_telling, move
from schoolgate.incidents.actions.settling import Spoken, settle
from schoolgate.incidents.actions.telling import has_a_way
from schoolgate.incidents.models import Telling
from schoolgate.incidents.states import Event, State
from schoolgate.ledger.actors import Actor

BY_VOICE = {
    str(Message.Channel.CALL): Telling.Way.CALL,
    str(Message.Channel.VISIT): Telling.Way.IN_PERSON,
}


def not_arrived(news: News) -> None:
    """Nothing reached them by any way: they stand on the list of whom to ring, at once (T15)."""
    for telling in _of_parcels([one for one in news.parcels if one.state == Parcel.State.FAILED]):
        parcels = Parcel.objects.filter(content=telling.content_id, carer=telling.carer_id)
        if not has_a_way(list(parcels)):
            _move(telling, Event.NO_WAY, news.at)


def arrived(news: News) -> None:
    """What iSAMS was to send has been sent: they are told from then on (decision 11)."""
    handed = [one for one in news.parcels if one.state == Parcel.State.HANDED_OFF]
    for telling in _of_parcels(handed):
        _move(telling, Event.ARRIVED, news.at)


def family_wrote(news: FamilyWrote) -> None:
    """Who writes in the thread has read it."""
    for telling in _not_reached(news.conversation.pk):
        _move(telling, Event.ARRIVED, news.message.at)


def answered(news: Answered) -> None:
    """A call or a visit that was written down in the thread: somebody has spoken to them."""
    for telling in _not_reached(news.conversation.pk):
        message = Message.objects.filter(
            conversation=news.conversation, member=news.member, channel__in=BY_VOICE, at=news.at
        ).first()
        if message is not None:
            settle(
                actor=Actor("team", news.member.pk, news.member.name),
                member=news.member,
                telling=telling,
                spoken=Spoken(BY_VOICE[message.channel], message.body or _("Spoke.")),
                at=news.at,
            )


def _of_parcels(parcels: list[Parcel]) -> list[Telling]:
    contents = {one.content_id for one in parcels if one.carer_id}
    if not contents:
        return []
    return list(Telling.objects.filter(content__in=contents).select_related("incident"))


def _not_reached(conversation: int) -> list[Telling]:
    rows = Telling.objects.filter(conversation=conversation, state=State.NOT_REACHED)
    return list(rows.select_related("incident"))


def _move(telling: Telling, event: Event, at: datetime) -> None:
    telling = locked_telling(telling)
    move(telling, event, at)
    telling.save()
