"""Taking: one mail becomes a row, and all that follows, in one transaction; then it is accepted.

The listener, the mailboxes, the pipe and the hooks of providers call the same verb. The raw bytes
are kept before they are put anywhere, and nothing that goes wrong while reading can lose them.
"""

import logging
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from schoolgate.delivery import reply_address
from schoolgate.inbound import keys
from schoolgate.inbound.actions.following import follow
from schoolgate.inbound.actions.placing import place
from schoolgate.inbound.authenticating import Checked, Peer, check_sender
from schoolgate.inbound.errors import CannotTakeNow
from schoolgate.inbound.mail import headers, reading
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.queries import school_for, with_its_tag
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import OUTSIDE
from schoolgate.school import files
from schoolgate.school.errors import StorageFull
from schoolgate.school.models import School
from schoolgate.school.named_points import reached
from schoolgate.school.tenancy import one_school

logger = logging.getLogger(__name__)


def take(
    *,
    content: bytes,
    envelope_from: str,
    envelope_to: str,
    at: datetime,
    peer: Peer | None = None,
    checked: Checked | None = None,
) -> Arrival | None:
    """Keep one mail and put it in its place; received `at` (UTC). Nothing new for a repeat.

    `peer` is the server that handed it over, where that is known. With `checked` its sender was
    judged before, and no name server is asked.

    When it returns, everything is committed. Raises UnknownRecipient, and CannotTakeNow when the
    database is away or the disk is full: then nothing is kept, and the sender tries again.
    """
    try:
        school = school_for(envelope_to)
        mail, checked = _read(content, envelope_from, peer, checked)
        envelope_to = with_its_tag(school, mail, envelope_to)
        with one_school(school.pk):
            arrival = _store(school, content, envelope_from, envelope_to, at)
            if arrival:
                arrival.authentication, arrival.checks = mail.authentication, checked.words
                follow(arrival, mail, place)
            reached("mail stored")
        reached("mail before answer")
    except (OperationalError, InterfaceError, StorageFull) as away:
        logger.warning("A mail was put off: %s", away)
        raise CannotTakeNow from away
    return arrival


def _store(
    school: School, content: bytes, envelope_from: str, envelope_to: str, at: datetime
) -> Arrival | None:
    """The row of a mail that is new here, else nothing."""
    token = reply_address.read(envelope_to)
    same = keys.same_mail(content)
    key = keys.for_thread(same, token)
    known = Arrival.objects.filter(school=school)
    # A plain copy beside one to a reply address is the same mail.
    if known.filter(key=key).exists() if token else known.filter(same=same).exists():
        return None
    stored = files.keep(school=school, content=content)
    try:
        with transaction.atomic():
            arrival = Arrival.objects.create(
                school=school,
                key=key,
                same=same,
                stored=stored,
                envelope_from=headers.clean(envelope_from)[:320],
                envelope_to=headers.clean(envelope_to)[:320],
                received_at=at,
            )
    except IntegrityError:
        # The same mail on two connections at once: the other one has it.
        return None
    record(
        actor=OUTSIDE,
        verb="mail came",
        school_id=school.pk,
        about=("mail", arrival.public_id),
        at=at,
    )
    return arrival


def _read(
    content: bytes, envelope_from: str, peer: Peer | None, checked: Checked | None
) -> tuple[ReadMail, Checked]:
    """What a mail says and who sent it; before the transaction, since name servers may be asked."""
    mail = reading.read(
        content,
        null_sender=not envelope_from,
        trusted_authserv=settings.TRUSTED_AUTHSERV,
    )
    if checked is not None and not mail.through_group:
        return replace(mail, authentication=checked.authentication), checked
    if mail.through_group:
        # What can be asked is who the group is, and that proves nothing of who wrote to it.
        return replace(mail, authentication=Authentication.UNKNOWN), Checked()
    if settings.TRUSTED_AUTHSERV and _may_have_been_judged(peer):
        return mail, Checked(mail.authentication)
    if settings.TRUSTED_AUTHSERV:
        return replace(mail, authentication=Authentication.UNKNOWN), Checked()
    try:
        checked = check_sender(
            content,
            from_domain=mail.sender.rpartition("@")[2],
            envelope_from=envelope_from,
            peer=peer,
        )
    except Exception:
        logger.exception("A mail's sender could not be checked.")
        checked = Checked()
    return replace(mail, authentication=checked.authentication), checked


def _may_have_been_judged(peer: Peer | None) -> bool:
    """Whether a mail came by our own servers, where the school has named them.

    Whoever reaches the listener directly can write the trusted server's results himself.
    """
    if peer is None or not settings.MAIL_RELAYS:
        return True
    return not peer.speaks_for_itself(settings.MAIL_RELAYS)
