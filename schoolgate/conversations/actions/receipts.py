"""The automatic receipt: heard, who and when exactly, what if it can't wait; never an answer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation, Message
from schoolgate.delivery.actions.posting import post, post_in_portal
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.models import Carer, Receives
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.words import day, hour, moment
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School


def send_receipt(
    conversation: Conversation,
    promise: Promise,
    answers: str,
    *,
    at: datetime | None = None,
    before: str = "",
    by_email: bool = True,
) -> Message:
    """Send the receipt in the manner of the hour; it never stops the clock (Clause 3.0-P6).

    `at` (UTC) is a moment after what it answers, so that it stands below it.
    """
    text = "\n\n".join(filter(None, [before, receipt_text(conversation, promise)]))
    at = at or promise.started_at + timedelta(milliseconds=1)
    return send_note(conversation, text, at, answers=answers, by_email=by_email)


def send_note(
    conversation: Conversation,
    text: str,
    at: datetime,
    *,
    answers: str = "",
    by_email: bool = True,
) -> Message:
    """Put an automatic note into a thread and send it to its carer; it stops no clock (UTC)."""
    message = Message.objects.create(
        school=conversation.school,
        conversation=conversation,
        direction=Message.Direction.AUTOMATIC,
        channel=Message.Channel.PORTAL,
        body=text,
        at=at,
    )
    content = Content.objects.create(
        school=conversation.school,
        purpose=Content.Purpose.RECEIPT,
        text=text,
        subject=safe_subject(conversation),
        sensitive=conversation.sensitive,
        about=conversation.pupil,
        level=Receives.PROGRESS,
        thread=conversation.pk,
        thread_page=conversation.page,
        message=message.public_id,
        answers=answers,
        written_at=at,
    )
    send = post if by_email else post_in_portal
    send(content=content, carers=[conversation.carer], at=at)
    return message


def had_a_receipt_by_email(carer: Carer, at: datetime) -> bool:
    """Whether an automatic email has gone to somebody on the day of a moment (UTC)."""
    return notes_of_the_day(carer.school, at).filter(carer=carer).exists()


def notes_of_the_day(school: School, at: datetime) -> QuerySet[Parcel]:
    """The automatic notes by email on the day of a moment (UTC), in the school's zone."""
    zone = ZoneInfo(school.settings.timezone)
    midnight = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return Parcel.objects.filter(
        school=school,
        channel=Parcel.Channel.EMAIL,
        content__purpose=Content.Purpose.RECEIPT,
        posted_at__gte=midnight,
        posted_at__lt=midnight + timedelta(days=1),
    )


def receipt_text(conversation: Conversation, promise: Promise) -> str:
    """The words of a receipt: in hours, out of hours, or in a holiday."""
    school = conversation.school
    calendar = reply_calendar(school)
    hello = _("Hello {name}.").format(name=conversation.carer.greeting)
    ending = _("This note was sent automatically; a person will write next.")
    if calendar.is_open(promise.started_at):
        return "\n\n".join(
            [
                hello + " " + _in_hours(conversation, promise),
                _("If it is urgent, ring {phone}.").format(phone=school.settings.contact.phone),
                ending,
            ]
        )
    return "\n\n".join([hello, _out_of_hours(conversation, promise), *tonight(school), ending])


def _in_hours(conversation: Conversation, promise: Promise) -> str:
    zone = conversation.school.settings.timezone
    at = hour(promise.started_at, zone)
    who = conversation.owner.name if conversation.owner else _("The school office")
    if promise.due_at is None:
        return _(
            "Your message reached us at {at}. {who} will read it. Our calendar does not reach far "
            "enough yet to name a day; we will."
        ).format(at=at, who=who)
    return _("Your message reached us at {at}. {who} will read it and reply by {due}.").format(
        at=at, who=who, due=moment(promise.due_at, zone)
    )


def _out_of_hours(conversation: Conversation, promise: Promise) -> str:
    school = conversation.school
    zone = school.settings.timezone
    opens = _opening(school, promise)
    lines = [
        _(
            "Your message is safe with us. School is closed until {opens}, so no one is reading "
            "messages right now."
        ).format(opens=opens)
        if opens
        else _("Your message is safe with us. School is closed, so no one is reading messages now.")
    ]
    if promise.due_at:
        lines.append(_("We will reply by {due}.").format(due=moment(promise.due_at, zone)))
    return " ".join(lines)


def _opening(school: School, promise: Promise) -> str:
    if promise.due_at is None:
        return ""
    opening = reply_calendar(school).next_opening(promise.started_at)
    away = opening - promise.started_at > timedelta(days=4)
    return (day if away else moment)(opening, school.settings.timezone)


def tonight(school: School) -> list[str]:
    """Where to turn now; never that anybody watches this inbox (reading O8)."""
    return [
        _(
            "If you are worried about a child’s safety now: in danger, ring 999. Otherwise ring "
            "the children’s services of your own council; their emergency team answers at night."
        ),
        _("When school is open you can ring {phone}.").format(phone=school.settings.contact.phone),
    ]


def safe_subject(conversation: Conversation) -> str:
    """The subject for an email: never with the child's name in it (Clause 2.1-M2c)."""
    subject = conversation.subject
    if conversation.pupil is None:
        return subject
    pupil = conversation.pupil
    for name in filter(None, {pupil.first_name, pupil.last_name, pupil.known_as}):
        subject = _without(subject, name)
    return subject


def _without(subject: str, name: str) -> str:
    kept = []
    for word in subject.split(" "):
        bare = word.strip('.,:;!?()"“”').lower()
        for ending in ("’s", "'s"):
            bare = bare.removesuffix(ending)
        kept.append(_("your child") if bare == name.lower() else word)
    return " ".join(kept)
