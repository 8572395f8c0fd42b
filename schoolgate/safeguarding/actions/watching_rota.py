"""Who is on call out of hours, and that a gap is never quiet (decision 13)."""

from datetime import datetime

from django.db import transaction

from schoolgate.people.access import Role, Who
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import holders
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.errors import NotTheirs, ReasonMissing, WrongOrder
from schoolgate.safeguarding.models import OnCall, RotaGap
from schoolgate.safeguarding.readers import TOLD_AT_ONCE, rota
from schoolgate.safeguarding.rota import BACK, Stretch, gaps
from schoolgate.school.calendars import safeguarding_calendar
from schoolgate.school.models import School


@transaction.atomic
def set_turn(
    *, who: Who, member: TeamMember, from_at: datetime, until_at: datetime, at: datetime
) -> OnCall:
    """Put somebody who holds a safeguarding role on call (UTC). Raises NotTheirs, WrongOrder."""
    assert who.school is not None and who.member is not None  # the page is for members
    if until_at <= from_at:
        raise WrongOrder
    if not holders(school_id=who.school.pk, roles=TOLD_AT_ONCE, at=at).filter(pk=member.pk):
        raise NotTheirs
    turn = OnCall.objects.create(
        school=who.school,
        member=member,
        from_at=from_at,
        until_at=until_at,
        set_by=who.member.name,
    )
    watch_rota(school=who.school, at=at)
    return turn


@transaction.atomic
def withdraw_turn(*, turn: OnCall, at: datetime) -> None:
    """Take a turn off the rota (UTC); what is open then alarms at once."""
    OnCall.objects.filter(pk=turn.pk, withdrawn_at=None).update(withdrawn_at=at)
    watch_rota(school=turn.school, at=at)


@transaction.atomic
def accept_gap(*, who: Who, gap: RotaGap, because: str, at: datetime) -> None:
    """Take a gap as it is, with a reason that stays with it (UTC). Raises ReasonMissing."""
    if not because.strip():
        raise ReasonMissing
    RotaGap.objects.filter(pk=gap.pk, accepted_at=None).update(
        accepted_at=at, accepted_by=who.member, accepted_because=because.strip()
    )


def watch_rota(*, school: School, at: datetime) -> None:
    """Alarm the DSL and head of gaps in the next seven days, each gap once (UTC).

    Only where there is a rota at all. Several gaps found together ring once: the page lists all.
    """
    if not has_rota(school):
        return
    turns = [Stretch(one.from_at, one.until_at) for one in rota(school, at - BACK, at + 2 * BACK)]
    found = gaps(safeguarding_calendar(school), turns, at)
    known = {one.begins_at: one for one in open_gaps(school, at)}
    begins = {gap.begins for gap in found}
    filled = [one.pk for when, one in known.items() if when not in begins]
    RotaGap.objects.filter(pk__in=filled).update(closed_at=at)
    new = [one for gap in found if gap.begins not in known if (one := _kept(school, gap, at))]
    if new:
        people = holders(school_id=school.pk, roles=(Role.DSL.value, Role.HEAD.value), at=at)
        asked.alarm(gap=new[0].pk, members=[one.pk for one in people], at=at)


def has_rota(school: School) -> bool:
    """Whether this school has somebody on call out of hours, or says that it does."""
    return school.settings.choices.safeguarding_on_call or (
        OnCall.objects.filter(school=school, withdrawn_at=None).exists()
    )


def open_gaps(school: School, at: datetime) -> list[RotaGap]:
    """The gaps that are not filled and not past (UTC), accepted ones included."""
    rows = RotaGap.objects.filter(school=school, closed_at=None, ends_at__gt=at)
    return list(rows.select_related("accepted_by"))


def _kept(school: School, gap: Stretch, at: datetime) -> RotaGap | None:
    """The row of a gap that is new; one that was filled and is open again alarms no second time."""
    row, is_new = RotaGap.objects.get_or_create(
        school=school, begins_at=gap.begins, defaults={"ends_at": gap.ends, "seen_at": at}
    )
    if not is_new:
        RotaGap.objects.filter(pk=row.pk).update(closed_at=None, ends_at=gap.ends)
    return row if is_new else None
