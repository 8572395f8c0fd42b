"""A mail in the words and files that a conversation takes."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.attaching import MEGABYTE, Upload
from schoolgate.conversations.actions.receiving import Words
from schoolgate.conversations.models import Message
from schoolgate.inbound.mail.bodies import Enclosure
from schoolgate.inbound.mail.comparing import Sent
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.models import Arrival

_CHANNELS: dict[str, str] = {
    Arrival.Way.TEXT: Message.Channel.TEXT,
    Arrival.Way.VOICEMAIL: Message.Channel.VOICEMAIL,
}


def words_of(arrival: Arrival, mail: ReadMail, sent: Sent, *, in_thread: bool = False) -> Words:
    """What a mail says, counted from when it reached the school; the same mail is one message.

    Answers between the lines that we sent are shown with them, and a subject of its own stands
    above what is said `in_thread`. A file over the limit is named and stands in the original; the
    words are never lost for it.
    """
    if arrival.way != Arrival.Way.EMAIL:
        return _of_telephone(arrival, mail)
    mail = unfolded(mail, sent)
    own_subject = mail.subject if in_thread and sent.differs(mail.subject) else ""
    kept = [one for one in mail.enclosures if one.content and not _too_large(one)]
    empty = [one for one in mail.enclosures if not one.content]
    left = [one for one in mail.enclosures if _too_large(one)]
    notes = [
        _("[“{name}” is larger than {limit} MB. It stands in the original email.]").format(
            name=one.name, limit=settings.ATTACHMENT_LIMIT_MB
        )
        for one in left
    ]
    notes += [
        _("[“{name}” is empty: it came without any bytes.]").format(name=one.name) for one in empty
    ]
    return Words(
        body="\n\n".join([*_above(mail, own_subject), _said(mail), *notes]),
        at=arrival.received_at,
        channel=Message.Channel.EMAIL,
        folded=mail.folded,
        besides=sent.not_in_it(mail.folded),
        mail_id=mail.message_id,
        original=arrival.stored,
        told="\n\n".join([*map(_too_large_for_us, left), *map(_empty_for_us, empty)]),
        may_be_answered=not mail.wants_no_answer,
        sender_check=arrival.authentication,
        uploads=tuple(Upload(name=one.name, content=one.content) for one in kept),
        once=arrival.public_id,
    )


def unfolded(mail: ReadMail, sent: Sent) -> ReadMail:
    """With its quotation shown where somebody has answered within it."""
    if not mail.folded or not sent.is_answered_within(mail.folded):
        return mail
    shown = "\n\n".join(filter(None, [mail.reply, mail.folded]))
    return replace(mail, reply=shown, folded="")


def _above(mail: ReadMail, own_subject: str) -> list[str]:
    """A subject that is not the conversation's, unless it is all that is said."""
    if not own_subject or not (mail.reply.strip() or mail.text.strip()):
        return []
    return [_("Subject: {subject}").format(subject=own_subject)]


def _of_telephone(arrival: Arrival, mail: ReadMail) -> Words:
    said, is_voicemail = mail.text.strip(), arrival.way == Arrival.Way.VOICEMAIL
    if not said:
        said = _("(A voicemail. Nobody has written down yet what it says.)")
        said = said if is_voicemail else _("(A message without words.)")
    spoken = Message.Spoken.MACHINE if mail.text.strip() else Message.Spoken.UNTYPED
    return Words(
        body=said,
        spoken=spoken if is_voicemail else "",
        at=arrival.received_at,
        channel=_CHANNELS[arrival.way],
        once=arrival.public_id,
    )


def _said(mail: ReadMail) -> str:
    """Some people write everything in the subject."""
    said = mail.reply.strip() or mail.text.strip() or mail.subject.strip()
    return said or _("(This email has no words. The original is kept.)")


def _too_large(enclosure: Enclosure) -> bool:
    return len(enclosure.content) > settings.ATTACHMENT_LIMIT_MB * MEGABYTE


def _too_large_for_us(enclosure: Enclosure) -> str:
    """For the one who sent it: the limit, that nothing else is lost, and another way."""
    return _(
        "“{name}” is larger than {limit} MB, which is the most that we can show. Your words and "
        "everything else are here. You could send a smaller one, or bring it to school."
    ).format(name=enclosure.name, limit=settings.ATTACHMENT_LIMIT_MB)


def _empty_for_us(enclosure: Enclosure) -> str:
    """For the one who sent it: that nothing of it came, and another way."""
    return _(
        "“{name}” came without anything in it. Your words and everything else are here. You could "
        "send it again."
    ).format(name=enclosure.name)
