"""How one parcel reads on its way out; decided at the moment of sending."""

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.delivery import reply_address
from schoolgate.delivery.channel import Letter
from schoolgate.delivery.errors import NoRoute
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.queries import email_of

AUTOMATIC = {Content.Purpose.RECEIPT, Content.Purpose.ALERT, Content.Purpose.CODE}


def letter_for(parcel: Parcel) -> Letter:
    """The finished letter of one email parcel. Raises NoRoute.

    Content-free where the thread is sensitive or the school sends notices only: no child, no
    subject, no words of the message (Clause 2.1-M2c, threat T4).
    """
    content, rules = parcel.content, parcel.school.settings
    notice = parcel.carer is not None and is_notice_only(content, rules.email_route)
    domain = parcel.school.inbound_address.partition("@")[2]
    return Letter(
        to=address_of(parcel),
        sender=rules.mailbox or parcel.school.inbound_address,
        sender_name=parcel.school.name
        if notice or not content.written_by
        else _("{name}, {school}").format(name=content.written_by, school=parcel.school.name),
        reply_to=_reply_to(parcel),
        message_id=f"<{parcel.public_id}@{domain}>",
        answers="" if notice else content.answers,
        thread_id=f"<thread-{content.thread}@{domain}>" if content.thread else "",
        subject=_notice_subject(parcel) if notice else content.subject,
        text=_notice_text(parcel) if notice else content.text,
        automatic=content.purpose in AUTOMATIC,
        domains=tuple(rules.mail_domains),
    )


def is_notice_only(content: Content, email_route: str) -> bool:
    """Whether an email may say no more than that there is a message."""
    if content.purpose in {Content.Purpose.CODE, Content.Purpose.ALERT}:
        return False
    return content.sensitive or email_route != "school_mailbox"


def address_of(parcel: Parcel) -> str:
    """Where the email goes, looked up now and not when it was written."""
    if parcel.address:
        return parcel.address
    found = email_of(parcel.carer) if parcel.carer else parcel.member.email if parcel.member else ""
    if not found:
        raise NoRoute
    return found


def _reply_to(parcel: Parcel) -> str:
    if parcel.content.thread is None or parcel.carer_id is None:
        return parcel.school.inbound_address
    return reply_address.make(
        inbound_address=parcel.school.inbound_address,
        thread=parcel.content.thread,
        carer=parcel.carer_id,
    )


def _notice_subject(parcel: Parcel) -> str:
    return _("You have a message from {school}").format(school=parcel.school.name)


def _notice_text(parcel: Parcel) -> str:
    return _(
        "Hello.\n\nYou have a message from {school}. You can read and answer it here:\n{page}\n\n"
        "You can also answer this email, or ring {phone}.\n"
    ).format(
        school=parcel.school.name,
        page=f"{settings.PUBLIC_ADDRESS}{parcel.content.thread_page}",
        phone=parcel.school.settings.contact.phone,
    )
