"""The automatic receipt: heard, who and when exactly, what if it can't wait; never an answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation, Message, Suggestion
from schoolgate.conversations.routing import owner_name
from schoolgate.delivery.actions.posting import post, post_in_portal
from schoolgate.delivery.models import Content, Parcel
from schoolgate.people.models import Carer, Receives
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.words import day, hour, moment
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School
from schoolgate.worries.reasons import Kind

# The routes are not sent again while what was sent a moment ago still stands.
AGAIN_AFTER = timedelta(hours=1)


def send_receipt(
    conversation: Conversation,
    promise: Promise,
    answers: str,
    *,
    reached: datetime | None = None,
    at: datetime | None = None,
    before: str = "",
    danger: bool = False,
    by_email: bool = True,
) -> Message:
    """Send the receipt in the manner of the hour; it never stops the clock (Clause 3.0-P6).

    `reached` (UTC) is when what it answers came, `at` a moment later, so that it stands below it.
    """
    reached = reached or promise.started_at
    said = receipt_text(conversation, promise, reached, danger=danger)
    text = "\n\n".join(filter(None, [before, said]))
    at = at or reached + timedelta(milliseconds=1)
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
    """Whether an automatic email has gone to somebody on the day of a moment (UTC).

    Until the transaction ends, nobody else asks the same of them: of two mails that come at once
    one is answered.
    """
    one_at_a_time([f"{carer.school_id} {carer.pk}"])
    return notes_of_the_day(carer.school, at).filter(carer=carer).exists()


def one_at_a_time(people: Iterable[str]) -> None:
    """Wait until no other transaction decides about a note to any of these people."""
    with connection.cursor() as cursor:
        for person in sorted(people):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 4))", [person])


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


def routes_are_owed(message: Message) -> bool:
    """Whether a message that speaks of danger is to be answered though a promise runs already.

    On the portal the routes stood on the page; elsewhere they are sent, once in an hour (T6).
    """
    if message.channel == Message.Channel.PORTAL:
        return False
    sent = Suggestion.objects.filter(
        message__conversation=message.conversation_id,
        kind=Kind.DANGER,
        at__gt=message.at - AGAIN_AFTER,
    ).exclude(message=message)
    return not sent.exists()


def receipt_text(
    conversation: Conversation, promise: Promise, at: datetime, *, danger: bool = False
) -> str:
    """The words of a receipt at a moment (UTC): in hours, out of hours, or in a holiday.

    Where words speak of danger, the ways that work now stand first (decision 12).
    """
    school = conversation.school
    open_now = reply_calendar(school).is_open(at)
    hello = _("Hello {name}.").format(name=conversation.carer.greeting)
    ending = _("This note was sent automatically; a person will write next.")
    routes = _now(school) if open_now else tonight(school)
    if open_now:
        heard = _in_hours(conversation, promise, at)
        after = [_("If it is urgent, ring {phone}.").format(phone=school.settings.contact.phone)]
    else:
        heard, after = _out_of_hours(conversation, promise, at), routes
    if danger:
        return "\n\n".join([hello, *routes, heard, ending])
    lines = [hello + " " + heard] if open_now else [hello, heard]
    return "\n\n".join([*lines, *after, ending])


def _now(school: School) -> list[str]:
    """Where to turn while school is open; the words of the night, so that they give nothing away.

    Whoever shares the inbox has read the same sentence in every receipt out of hours (threat T4).
    """
    return [
        tonight(school)[0],
        _("School is open: you can ring {phone}.").format(phone=school.settings.contact.phone),
    ]


def _in_hours(conversation: Conversation, promise: Promise, reached: datetime) -> str:
    zone = conversation.school.settings.timezone
    at = hour(reached, zone)
    who = owner_name(conversation)
    if promise.due_at is None:
        return _(
            "Your message reached us at {at}. {who} will read it. Our calendar does not reach far "
            "enough yet to name a day; we will."
        ).format(at=at, who=who)
    return _("Your message reached us at {at}. {who} will read it and reply by {due}.").format(
        at=at, who=who, due=moment(promise.due_at, zone)
    )


def _out_of_hours(conversation: Conversation, promise: Promise, at: datetime) -> str:
    school = conversation.school
    zone = school.settings.timezone
    opens = _opening(school, promise, at)
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


def _opening(school: School, promise: Promise, at: datetime) -> str:
    if promise.due_at is None:
        return ""
    opening = reply_calendar(school).next_opening(at)
    away = opening - at > timedelta(days=4)
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
