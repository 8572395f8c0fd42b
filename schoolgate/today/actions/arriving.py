"""Something for today arrives: by a family's press, by wording, or because a person says so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from schoolgate.conversations.models import Conversation, Message, Suggestion
from schoolgate.conversations.news import Decided, Suggested
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.school.models import School
from schoolgate.today.actions.checking_words import check_words
from schoolgate.today.calendars import day_of_school
from schoolgate.today.kinds import OF_WORRY, Chosen, Kind
from schoolgate.today.models import Matter
from schoolgate.today.states import Event, State, after
from schoolgate.today.times import Day, plan


@dataclass(frozen=True)
class Source:
    """Where it came from: a message, or an item of the tray of whom nobody knows yet."""

    school: School
    channel: str
    message: Message | None = None
    tray: UUID | None = None
    words: str = ""

    @property
    def conversation(self) -> Conversation | None:
        """The thread of the message."""
        return self.message.conversation if self.message else None

    @property
    def carer(self) -> Carer | None:
        """Who wrote."""
        return self.conversation.carer if self.conversation else None

    @property
    def pupil(self) -> Pupil | None:
        """Of which child, where the thread says so."""
        return self.conversation.pupil if self.conversation else None

    @property
    def day(self) -> Day:
        """Its times go by that child's home time."""
        return day_of_school(self.school, self.pupil)


def of_message(message: Message) -> Source:
    """A family's message as a source."""
    words = f"{message.conversation.subject}\n{message.body}\n{message.folded}"
    return Source(message.school, message.channel, message, words=words)


@transaction.atomic
def add(
    *,
    actor: Actor,
    source: Source,
    kind: Kind,
    at: datetime,
    chosen: Chosen,
    member: TeamMember | None = None,
) -> Matter:
    """Put it on the office's queue, with its minutes (UTC; decision 1); once for a kind.

    Owner and reply promise of its thread stay. What somebody said is not for today is on the queue
    again only because a person says so.
    """
    planned = plan(kind, source.channel, at, source.day, by=chosen)
    matter, is_new = Matter.objects.get_or_create(
        school=source.school,
        message=source.message,
        tray=source.tray,
        kind=kind,
        defaults={
            "chosen": planned.chosen,
            "chosen_by": member,
            "pupil": source.pupil,
            "carer": source.carer,
            "conversation": source.conversation,
            "channel": source.channel,
            "day": planned.times.day,
            "came_at": at,
            "due_at": planned.times.due_at,
            "head_at": planned.times.head_at,
            "next_alarm_at": planned.times.due_at,
        },
    )
    if not is_new and chosen is not Chosen.WORDING:
        _choose(matter, chosen, member, at)
    if chosen is not Chosen.FAMILY or kind is not Kind.COLLECTION:  # the form asks by itself
        check_words(matter=matter, words=source.words, at=at)
    if is_new:
        record(
            actor=actor,
            verb="put on the list for today",
            school_id=source.school.pk,
            about=("for today", matter.public_id),
            at=at,
            kind=kind,
            chosen=planned.chosen,
            channel=source.channel,
        )
    return matter


def suggested(news: Suggested) -> None:
    """Wording adds the office's queue, and no more; danger is nobody's queue (decision 1)."""
    for worry in sorted(news.kinds & set(OF_WORRY)):
        add(
            actor=SYSTEM,
            source=of_message(news.message),
            kind=OF_WORRY[worry],
            at=news.at,
            chosen=Chosen.WORDING,
        )


def decided(news: Decided) -> None:
    """A colleague said on the message whether it is for today."""
    if news.suggestion.kind not in OF_WORRY:
        return
    kind, message = OF_WORRY[news.suggestion.kind], news.suggestion.message
    if news.accepted:
        by = Actor(kind="team", id=news.member.pk, name=news.member.name)
        add(
            actor=by,
            source=of_message(message),
            kind=kind,
            at=news.at,
            chosen=Chosen.PERSON,
            member=news.member,
        )
        return
    still = Suggestion.objects.filter(message=message, kind=news.suggestion.kind, state="waiting")
    if not still.exists():
        for matter in Matter.objects.filter(
            message=message, kind=kind, state=State.WAITING, chosen=Chosen.WORDING
        ):
            matter.state = after(matter.state, Event.NOT_TODAY, matter.chosen)
            matter.save(update_fields=["state"])


def filed(*, tray: UUID, message: Message | None, member: TeamMember, at: datetime) -> None:
    """An item of the tray has gone where it belongs (UTC): what was seen there stays seen.

    Without a message it was not for the school, and is off the list.
    """
    for matter in Matter.objects.select_for_update(of=("self",)).filter(tray=tray):
        there = Matter.objects.filter(message=message, kind=matter.kind) if message else None
        if there:
            there.update(
                state=matter.state,
                seen_by=matter.seen_by,
                seen_at=matter.seen_at,
                alarmed=matter.alarmed,
                due_at=matter.due_at,  # the minutes run on
                head_at=matter.head_at,
                next_alarm_at=matter.next_alarm_at,
                told_at=matter.told_at if matter.pupil_id else None,
            )
        if matter.state == State.WAITING or matter.state == State.SEEN:
            matter.state, matter.next_alarm_at = State.NOT_TODAY, None
            if matter.seen_at is None:
                matter.seen_by, matter.seen_at = member, at
            matter.save(update_fields=["state", "next_alarm_at", "seen_by", "seen_at"])


def _choose(matter: Matter, chosen: Chosen, member: TeamMember | None, at: datetime) -> None:
    """A person says it of what wording had put there, or somebody had taken off."""
    if matter.state == State.TAKEN_BACK or matter.chosen != Chosen.WORDING:
        return
    if matter.state == State.NOT_TODAY:
        on = day_of_school(matter.school, matter.pupil)
        again = plan(Kind(matter.kind), matter.channel, at, on).times
        matter.day, matter.due_at = again.day, again.due_at
        matter.head_at, matter.next_alarm_at = again.head_at, again.due_at
        matter.alarmed, matter.seen_by, matter.seen_at = 0, None, None
    matter.state = after(matter.state, Event.CHOSEN, matter.chosen)
    matter.chosen, matter.chosen_by = chosen, member
    matter.save()
