"""What recurs: a reminder before the time, an alarm at the time, and holds to look at again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import QuerySet

from schoolgate.delivery.held import that_may_go
from schoolgate.delivery.models import Parcel
from schoolgate.incidents.access import LEAD
from schoolgate.incidents.actions.alerting import alert
from schoolgate.incidents.actions.moving import move
from schoolgate.incidents.due import REMIND_BEFORE
from schoolgate.incidents.models import Incident, Telling
from schoolgate.incidents.queries import untold_among
from schoolgate.incidents.states import Event, State
from schoolgate.people.presence import acting_heads
from schoolgate.people.queries import holders
from schoolgate.school.models import School

STUCK = (Parcel.State.WAITING, Parcel.State.CLAIMED, Parcel.State.OWED)
GONE = (Parcel.State.SENT, Parcel.State.HANDED_OFF)
LOOKS_BACK = timedelta(hours=1)


@transaction.atomic
def remind_and_alarm(*, school: School, at: datetime) -> int:
    """Remind an hour before, alarm the head when it is due, each once; how many (UTC).

    What still waits in the post room when it is due has reached nobody. Leaves at once, whatever
    the hour: it is due today.
    """
    _give_up_waiting(school, at)
    _notice_what_went_late(school, at)
    _ask_to_look_again(school, at)
    return _alarm(school, at) + _remind(school, at)


def _remind(school: School, at: datetime) -> int:
    """Whoever wrote it, and whom the family can talk to: nobody has pressed yet."""
    soon = _untold(school, at).filter(
        pressed_at=None, reminded_at=None, due_at__gt=at, due_at__lte=at + REMIND_BEFORE
    )
    found = list(soon)
    alert(school, [who for one in found for who in (one.written_by, one.talk_to)], at)
    return Incident.objects.filter(pk__in=[one.pk for one in found]).update(reminded_at=at)


def _alarm(school: School, at: datetime) -> int:
    found = list(_untold(school, at).filter(alarmed_at=None, due_at__lte=at))
    if found:
        alert(school, acting_heads(school, at), at)
    return Incident.objects.filter(pk__in=[one.pk for one in found]).update(alarmed_at=at)


def _untold(school: School, at: datetime) -> QuerySet[Incident]:
    """Held until the transaction ends: two workers at once tell nobody twice."""
    rows = untold_among(Incident.objects.filter(school=school), at)
    rows = rows.select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("written_by", "talk_to")


def _give_up_waiting(school: School, at: datetime) -> None:
    """A mail host that is down till the time is a family that was not told in time."""
    due = Telling.objects.filter(
        school=school,
        state=State.TOLD,
        incident__alarmed_at=None,
        incident__due_at__lte=at,
        incident__due_at__gt=at - LOOKS_BACK,
    )
    for telling in due.select_related("incident", "carer"):
        parcels = Parcel.objects.filter(content=telling.content_id).exclude(
            channel=Parcel.Channel.PORTAL
        )
        if parcels.exclude(state__in=STUCK).exists():
            continue
        if that_may_go(parcels.filter(state__in=STUCK), at).exists():
            move(telling, Event.NO_WAY, at)
            telling.save()


def _notice_what_went_late(school: School, at: datetime) -> None:
    """What a mail host took in the end: nobody need ring any more."""
    lost = Telling.objects.filter(
        school=school, state=State.NOT_REACHED, content__isnull=False
    ).select_related("incident", "carer")
    for telling in lost:
        gone = Parcel.objects.filter(content=telling.content_id, state__in=GONE).exclude(
            channel=Parcel.Channel.PORTAL
        )
        last = gone.order_by("ended_at").first()
        if last is not None:
            move(telling, Event.ARRIVED, last.ended_at or at)
            telling.save()


def _ask_to_look_again(school: School, at: datetime) -> None:
    """The lead and deputies, once for each day that was named; nobody else learns of a hold."""
    today = at.astimezone(ZoneInfo(school.settings.timezone)).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT incidents_ask_again(%s, %s)", [today, at])
        (asked,) = cursor.fetchone() or (0,)
    if asked:
        alert(school, holders(school_id=school.pk, roles=LEAD, at=at), at)
