"""Ringing: what came of each try, and who is put on the list when all their parcels failed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from schoolgate.announcements.actions.answering import Given, answer, is_open
from schoolgate.announcements.actions.moving import tell_ledger
from schoolgate.announcements.models import Announcement, Answer, Call, CallTry
from schoolgate.announcements.states import State
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.outcomes import News
from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Pupil, TeamMember

Outcome = CallTry.Outcome
UNDER_WAY = (Parcel.State.WAITING, Parcel.State.CLAIMED, Parcel.State.SENT)


@transaction.atomic
def note_call(
    *, actor: Actor, member: TeamMember, call: Call, outcome: str, confirmed: bool = False,
    at: datetime,
) -> CallTry:  # fmt: skip
    """Write down one try (UTC); who was spoken to is off the list.

    `confirmed` keeps what they said on the telephone as their confirmation (Clause 2.1-M1).
    """
    held = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    made = CallTry.objects.create(
        school_id=held.school_id, call=held, member=member, outcome=outcome, at=at
    )
    if outcome in {Outcome.SPOKE, Outcome.WRONG_NUMBER} and held.ended_at is None:
        held.ended_at = at
        held.save(update_fields=["ended_at"])
    if outcome == Outcome.SPOKE and confirmed:
        _confirm(actor, member, held, at)
    tell_ledger(actor, "rang about an announcement", held.announcement, at, outcome=outcome)
    return made


def ring_whom_nothing_reached(news: News) -> None:
    """Put on the call list, at once, whoever got nothing of what is urgent or closes (T15).

    Hears of parcels that failed; one that is still under way, or arrived, keeps its person off.
    """
    failed = {
        (one.content_id, one.carer_id)
        for one in news.parcels
        if one.carer_id and one.state == Parcel.State.FAILED
    }
    if not failed:
        return
    rung_about = Announcement.objects.filter(
        Q(is_urgent=True) | Q(is_safety=True),
        content__in={content for content, _ in failed},
        state=State.PUBLISHED,
    )
    for announcement in rung_about:
        carers = {carer for content, carer in failed if content == announcement.content_id}
        _ring(announcement, carers, news.at)


def _ring(announcement: Announcement, carers: set[int], at: datetime) -> None:
    rows = Parcel.objects.filter(content=announcement.content_id, carer__in=carers)
    hoped = rows.exclude(channel=Parcel.Channel.PORTAL).filter(state__in=UNDER_WAY)
    lost = rows.filter(channel=Parcel.Channel.PORTAL).exclude(carer__in=hoped.values("carer"))
    Call.objects.bulk_create(
        (
            Call(
                school_id=announcement.school_id,
                announcement=announcement,
                carer_id=carer,
                children=children,
                because=Call.Because.ALL_FAILED,
                put_at=at,
            )
            for carer, children in lost.values_list("carer", "children")
        ),
        ignore_conflicts=True,
    )


def _confirm(actor: Actor, member: TeamMember, call: Call, at: datetime) -> None:
    announcement = call.announcement
    if announcement.asks != Content.Asks.CONFIRM or not is_open(announcement, at):
        return
    given = Given(
        says=Answer.Says.CONFIRMED,
        children=Pupil.objects.filter(pk__in=call.children),
        way=Answer.Way.PHONE,
        by=member,
    )
    answer(actor=actor, carer=call.carer, announcement=announcement, given=given, at=at)
