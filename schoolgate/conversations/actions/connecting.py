"""A press rings a family from a school line; the call is made by the worker, in no transaction."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from schoolgate.conversations.errors import CannotConnect, NotToBeRung
from schoolgate.conversations.models import Conversation, Note
from schoolgate.delivery.channels.voice.connecting import Connection, connect
from schoolgate.delivery.errors import DeliveryError
from schoolgate.delivery.providers import read_provider
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.models import ContactRoute, TeamMember
from schoolgate.people.ringing import ringing_of
from schoolgate.people.telephone import numbers_in
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.settings_parts import ClickToCall
from schoolgate.school.tenancy import one_school


@transaction.atomic
def ask_to_connect(
    *,
    actor: Actor,
    member: TeamMember,
    conversation: Conversation,
    route: ContactRoute,
    line: str,
    sure: bool,
    at: datetime,
) -> None:
    """Have a line of the school's ring, and then the family (UTC; Clause 2.2-T4b).

    Raises CannotConnect where the school has no such line or provider; NotToBeRung unless `sure`.
    """
    school = conversation.school
    telephone = school.settings.telephone
    may = telephone.click_to_call is ClickToCall.TWILIO and line in telephone.lines
    if not may or not numbers_in(line) or route.carer_id != conversation.carer_id:
        raise CannotConnect
    if ringing_of(conversation.carer, at).after_a_press and not sure:
        raise NotToBeRung
    _tell_ledger(actor, "asked to be connected", conversation, at)
    app.configure_task("conversations.connect_call").defer(
        school_id=school.pk,
        conversation_id=conversation.pk,
        route_id=route.pk,
        line=telephone.lines.index(line),
        member_id=member.pk,
    )


def connect_now(
    *, school_id: int, conversation_id: int, route_id: int, line: int, member_id: int
) -> None:
    """Make the call that was asked for; where it can't be made, a note in the thread says so.

    It is never tried twice: a telephone that rings again with nobody there frightens.
    """
    with one_school(school_id):
        school = School.objects.get(pk=school_id)
        to = ContactRoute.objects.get(pk=route_id).value
    lines = school.settings.telephone.lines
    rings = next(iter(numbers_in(lines[line])), "") if line < len(lines) else ""
    connection = Connection(rings, to, school.settings.contact.phone)
    try:
        connect(read_provider(settings.VOICE_URL), connection, drama=settings.DEMO)
    except DeliveryError:
        _say_so(school_id, conversation_id, member_id)


def _say_so(school_id: int, conversation_id: int, member_id: int) -> None:
    with one_school(school_id):
        conversation = Conversation.objects.get(pk=conversation_id)
        at = now()
        Note.objects.create(
            school_id=school_id,
            conversation=conversation,
            member_id=member_id,
            body=_("The call could not be connected. Please ring from a school telephone."),
            at=at,
        )
        _tell_ledger(SYSTEM, "could not connect a call", conversation, at)


def _tell_ledger(actor: Actor, verb: str, conversation: Conversation, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=conversation.school_id,
        about=("conversation", conversation.public_id),
        at=at,
    )
