"""Taking a voicemail: it starts the clock from the call, and its recording is fetched after.

What a machine made of it may come with it or later; it is marked as such, and never takes the place
of what a person has typed.
"""

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.typing_out import machine_wrote
from schoolgate.conversations.models import Message
from schoolgate.inbound.actions.fetching import ask_for
from schoolgate.inbound.actions.following import follow
from schoolgate.inbound.actions.placing import note_became
from schoolgate.inbound.actions.placing_texts import place_told
from schoolgate.inbound.actions.reading_for_today import add_what_is_for_today
from schoolgate.inbound.actions.taking_texts import school_of, store
from schoolgate.inbound.errors import CannotTakeNow
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.inbound.telephone.voicemails import Voicemail, read_voicemail
from schoolgate.school import files
from schoolgate.school.errors import StorageFull
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

logger = logging.getLogger(__name__)


def take_voicemail(
    *, school: School, provider: str, content: bytes, at: datetime
) -> Arrival | None:
    """Keep one voicemail and put it in its place; told `at` (UTC). Nothing new for a repeat.

    Raises CannotTakeNow when the database is away or the disk is full: the provider comes again.
    """
    left = read_voicemail(provider, content)
    try:
        chosen = school_of(school, left.told, at)
        with one_school(chosen.pk):
            known = Arrival.objects.filter(school=chosen, key=left.told.key).first()
            if known:
                _write_out(known, left, content, at)
                return None
            return _take(chosen, left, content, at)
    except (OperationalError, InterfaceError, StorageFull) as away:
        logger.warning("A voicemail was put off: %s", away)
        raise CannotTakeNow from away


def _take(school: School, left: Voicemail, content: bytes, at: datetime) -> Arrival | None:
    arrival = store(school, left.told, content, left.at(at), way=Arrival.Way.VOICEMAIL)
    if arrival:
        follow(arrival, left.as_mail(), lambda kept, _mail: _place(kept, left))
    return arrival


def _place(arrival: Arrival, left: Voicemail) -> None:
    place_told(arrival, left.told)
    ask_for(arrival, left.told.media, [_name(left)] * len(left.told.media))


def _name(left: Voicemail) -> str:
    if not left.seconds:
        return _("Voicemail")
    return _("Voicemail, {seconds} seconds").format(seconds=left.seconds)


def _write_out(arrival: Arrival, left: Voicemail, content: bytes, at: datetime) -> None:
    """What a machine made of a voicemail comes after it."""
    words = left.told.words.strip()
    if not words:
        return
    message = Message.objects.filter(public_id=arrival.public_id).first()
    if message:
        machine_wrote(message=message, words=words, at=at)
    else:
        _write_in_tray(arrival, words)
    later = f"{arrival.key}:words"[:120]
    if not Arrival.objects.filter(school=arrival.school, key=later).exists():
        kept = _store_words(arrival, later, content, at)
        note_became(kept, Arrival.Became.KEPT, conversation=arrival.conversation)


def _write_in_tray(arrival: Arrival, words: str) -> None:
    for item in TrayItem.objects.filter(arrival=arrival, body="", filed_at=None):
        item.body = words
        item.save(update_fields=["body"])
        add_what_is_for_today(item)


def _store_words(arrival: Arrival, key: str, content: bytes, at: datetime) -> Arrival:
    """Keep what a machine wrote byte for byte, beside its voicemail."""
    return Arrival.objects.create(
        school=arrival.school,
        way=Arrival.Way.VOICEMAIL,
        key=key,
        stored=files.keep(school=arrival.school, content=content),
        envelope_from=arrival.envelope_from,
        envelope_to=arrival.envelope_to,
        received_at=at,
        state=Arrival.State.READ,
    )
