"""Acknowledging: who wrote to the tray hears that a person will look, and nothing else (threat T4).

The note is the same whether or not we know the address, a child or a thread. It goes once a day to
an address, and never to a list, a machine, a report, or an address that was perhaps forged.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.conversations.actions.receipts import (
    notes_of_the_day,
    one_at_a_time,
    tonight,
)
from schoolgate.delivery import reply_address
from schoolgate.delivery.actions.posting import post_to_address
from schoolgate.delivery.models import Content, Parcel
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.models import Arrival
from schoolgate.people.models import Carer
from schoolgate.response_clock.words import hour
from schoolgate.school.calendars import office_calendar
from schoolgate.school.models import School


def acknowledge(
    arrival: Arrival, mail: ReadMail, senders: list[Carer], *, danger: bool = False
) -> Parcel | None:
    """Send the note for a mail that went to the tray, in the caller's transaction.

    Where its words speak of danger, the note begins with the ways that work now.
    """
    school, at = arrival.school, arrival.received_at
    if not _may_be_answered(arrival, mail, senders) or _had_one(school, mail.sender, senders, at):
        return None
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.RECEIPT,
        subject=_("Your email has reached us"),
        text=_words(school, at, danger=danger),
        answers=mail.message_id,
        written_at=at,
    )
    return post_to_address(content=content, address=mail.sender, at=at)


def _may_be_answered(arrival: Arrival, mail: ReadMail, senders: list[Carer]) -> bool:
    if arrival.way != Arrival.Way.EMAIL:  # no text leaves but the central sender's (2.1-M3)
        return False
    if mail.is_automatic or mail.is_to_many or mail.wants_no_answer or mail.report:
        return False
    if not mail.sender or not arrival.envelope_from:
        return False
    if reply_address.without_token(mail.sender) == arrival.school.inbound_address.lower():
        return False
    if arrival.authentication == Authentication.FAILED:
        return False
    # A stranger's address may be forged, and the note would trouble somebody who never wrote.
    return bool(senders) or arrival.authentication == Authentication.PASSED


def _had_one(school: School, address: str, senders: list[Carer], at: datetime) -> bool:
    people = [f"{school.pk} {carer.pk}" for carer in senders]
    one_at_a_time([*people, f"{school.pk} {address.lower()}"])
    today = notes_of_the_day(school, at)
    return (
        today.filter(address__iexact=address).exists() or today.filter(carer__in=senders).exists()
    )


def _words(school: School, at: datetime, *, danger: bool) -> str:
    """Where words speak of danger, the ways that work now stand first (decision 12)."""
    zone = school.settings.timezone
    hello = _(
        "Hello. Your email reached {school} at {time}. A person will read it and see that it gets "
        "to the right place."
    ).format(school=school.name, time=hour(at, zone))
    if office_calendar(school).is_open(at):
        now = [_("If it is urgent, ring {phone}.").format(phone=school.settings.contact.phone)]
    else:
        now = [_("School is closed, so no one is reading messages now."), *tonight(school)]
    ending = _(
        "This note was sent automatically. It is the same for everybody, and says nothing of whom "
        "or which child we know."
    )
    if danger:
        now = tonight(school)
        return "\n\n".join([*now, hello, ending])
    return "\n\n".join([hello, *now, ending])
