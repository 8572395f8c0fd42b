"""Telling of what was taken further, of what is late, and of what falls due beyond a closing."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.moving import open_promises
from schoolgate.conversations.actions.telling_family import tell
from schoolgate.conversations.models import Conversation, HandOver
from schoolgate.conversations.routing import owner_name
from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.escalation.beyond import due_beyond, eves
from schoolgate.escalation.models import Escalation, Eve
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import roles_of
from schoolgate.response_clock.models import Promise
from schoolgate.response_clock.shown import shown_due
from schoolgate.response_clock.words import moment
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School
from schoolgate.working_time.errors import BeyondCalendarError

FAMILIES_A_MINUTE = 200


def alert(
    school: School, members: Iterable[TeamMember], at: datetime, *, page: str = "escalated"
) -> None:
    """An email that names no child and no family; at night it waits for the opening (5.1; UTC)."""
    people = list({member.pk: member for member in members}.values())
    if not people:
        return
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.ALERT,
        subject=_("Something waits for you at {school}").format(school=school.name),
        text=_(
            "Something has come to you, or needs to be known by you. See it here:\n{page}\n"
        ).format(page=f"{settings.PUBLIC_ADDRESS}/{school.slug}/{page}/"),
        written_at=at,
    )
    post_alert(content=content, members=people, at=at, not_before=when_open(school, at))


def when_open(school: School, at: datetime) -> datetime:
    """This moment if the school is open, else its next opening (UTC); now beyond the calendar."""
    try:
        return reply_calendar(school).next_opening(at)
    except BeyondCalendarError:
        return at


def tell_family_who_has_it(escalation: Escalation, thread: Conversation, at: datetime) -> None:
    """Who has it now and by when, in the thread and by email (5.3; UTC)."""
    words = _("{who} has this now.").format(who=_with_office(escalation, thread, at))
    promise = open_promises(thread).filter(kind__in=["head", "leader"]).order_by("due_at").first()
    due = shown_due(thread.school, promise) if promise else None
    if due is not None:
        by = moment(due, thread.school.settings.timezone)
        words += " " + _("You will have an answer by {due}.").format(due=by)
    tell(thread, words, at)


@transaction.atomic
def tell_families(*, school: School, at: datetime) -> int:
    """Say sorry, who has it and by when, to families whose promise was broken; some hundreds at
    a time, in reply hours, each once (model message "late"; UTC).
    """
    if not reply_calendar(school).is_open(at):
        return 0
    late = (
        HandOver.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(school=school, because=HandOver.Because.LATE, family_told_at=None)
        .select_related("conversation__school", "conversation__carer", "conversation__owner")
        .order_by("id")[:FAMILIES_A_MINUTE]
    )
    told = list(late)
    for hand_over in told:
        _say_sorry(hand_over.conversation, at)
    HandOver.objects.filter(pk__in=[one.pk for one in told]).update(family_told_at=at)
    return len(told)


def _say_sorry(thread: Conversation, at: datetime) -> None:
    waiting = open_promises(thread).exclude(kind=Promise.Kind.UPDATE).order_by("started_at")
    promise = waiting.first()
    if promise is None or promise.due_at is None or promise.due_at > at:
        return  # answered, or given another time, since
    zone = thread.school.settings.timezone
    words = _("We said by {due} and we haven’t. We are sorry.").format(
        due=moment(promise.first_due_at or promise.due_at, zone)
    )
    again = waiting.filter(due_at__gt=at).values_list("due_at", flat=True).first()
    again = again or promise.again_due_at
    who = owner_name(thread)
    if again is not None and again > at:
        words += " " + _("{who} has it now: by {again}.").format(who=who, again=moment(again, zone))
    else:
        words += " " + _("{who} has it now.").format(who=who)
    tell(thread, words, at)


@transaction.atomic
def tell_of_what_falls_due_beyond(*, school: School, at: datetime) -> int:
    """At the hour of the list, on the eve of a holiday or an absence: what falls due beyond it.

    Each person once a day; the page lists it (5.1; UTC). How many people were told.
    """
    zone = ZoneInfo(school.settings.timezone)
    local = at.astimezone(zone)
    if local.time() < school.settings.promises.day_before_list:
        return 0
    told = []
    for member, back in eves(school, at):
        if not due_beyond(school=school, member=member, day=local.date()).exists():
            continue
        _eve, is_new = Eve.objects.get_or_create(
            school=school, member=member, day=local.date(), defaults={"back": back}
        )
        if is_new:
            told.append(member)
    alert(school, told, at, page="falls-due")
    return len(told)


def _with_office(escalation: Escalation, thread: Conversation, at: datetime) -> str:
    """The leader's name and, where the head was asked, what they are to it (D2; UTC).

    Only who acts in the head's place is "for" the head: the head is the head.
    """
    rules = thread.school.settings
    name, title = escalation.holder.name, rules.head_title.lower()
    if not escalation.asked_head:
        return name
    if roles_of(escalation.holder, at) & set(rules.head_holders):
        return _("{name}, {title},").format(name=name, title=title)
    return _("{name}, for the {title},").format(name=name, title=title)
