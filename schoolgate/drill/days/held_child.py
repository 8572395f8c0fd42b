"""A child was held at 14:50 on a Friday: who must be told by when, and who is not reached."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from schoolgate.drill import checking, checking_families, faults
from schoolgate.drill.report import Report
from schoolgate.drill.stage import Stage, another_adult
from schoolgate.drill.watching import emails_leave, members_told, of, told
from schoolgate.incidents.actions.holding import Held, hold_back
from schoolgate.incidents.actions.reminding import remind_and_alarm
from schoolgate.incidents.actions.telling import tell
from schoolgate.incidents.actions.writing import What, write
from schoolgate.incidents.due import REMIND_BEFORE
from schoolgate.incidents.kinds import Kind
from schoolgate.incidents.models import Incident
from schoolgate.incidents.queries import untold
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import Who
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.people.presence import acting_heads, is_here
from schoolgate.people.queries import roles_of
from schoolgate.response_clock.words import moment
from schoolgate.school.tenancy import see
from schoolgate.today.people import here_with

Role = RoleHolding.Role
LEAD = (Role.DSL, Role.DEPUTY_DSL)
WRITTEN_AFTER, PRESSED_AFTER = timedelta(minutes=10), timedelta(minutes=5)


def play(stage: Stage, report: Report) -> None:
    """It is written down, nobody presses until reminded, one adult is held back, one has no way."""
    incident = _written(stage, stage.at + WRITTEN_AFTER)
    zone = stage.school.settings.timezone
    report.notes.append(
        _("Each adult who may be told must be told by {when}.").format(
            when=moment(incident.due_at, zone)
        )
    )
    remind_at = max(incident.written_at, incident.due_at - REMIND_BEFORE)
    remind_and_alarm(school=stage.school, at=remind_at)
    report.lines += of(_("Nobody has told them yet"), told(stage))
    _held_back(stage, report, incident, remind_at + timedelta(minutes=1))
    tess = stage.family.tutor
    tell(actor=_as(tess), member=tess, incident=incident, at=remind_at + PRESSED_AFTER)
    report.lines += of(_("A child was held"), told(stage))
    emails_leave(stage, remind_at + 2 * PRESSED_AFTER)
    _not_reached(stage, report, incident)
    _look_again(stage, report, incident)
    _check(stage, report)


def _written(stage: Stage, at: datetime) -> Incident:
    family = stage.family
    another_adult(stage, "Rowan Hollis (fictional)")
    what = What(
        pupil=family.pupil,
        kind=Kind.RESTRAINT,
        happened_at=stage.at,
        lasted=2,
        place="The hall",
        facts="Two adults held both arms for two minutes.",
        talk_to=family.tutor,
        there=[family.tutor],
    )
    return write(actor=_as(family.tutor), member=family.tutor, what=what, at=at)


def _held_back(stage: Stage, report: Report, incident: Incident, at: datetime) -> None:
    """The lead or a deputy who is here sees a risk in telling one adult (decision 10)."""
    here = here_with(stage.school, LEAD, at)
    what = _("Whether somebody is not told, because it would do harm")
    report.blame(faults.too_few(what, [one.name for one in here]))
    for lead in here[:1]:
        today = at.astimezone(ZoneInfo(stage.school.settings.timezone)).date()
        held = Held(stage.family.other, "A fictional risk.", today + timedelta(days=3))
        see(school_id=stage.school.pk, user_id=lead.user_id, at=at)
        hold_back(who=_who(stage, lead, at), incident=incident, held=held, at=at)
        see(school_id=stage.school.pk)
        report.notes.append(
            _(
                "{name} decides whether one adult is not told. Nothing is sent to that adult, "
                "nobody is asked to ring them, and it is looked at again within seven days."
            ).format(name=lead.name)
        )


def _not_reached(stage: Stage, report: Report, incident: Incident) -> None:
    """Its time has come: who stands on the list of whom to ring, and who hears of it."""
    due, zone = incident.due_at, stage.school.settings.timezone
    remind_and_alarm(school=stage.school, at=due)
    lines = told(stage)
    report.lines += of(_("Not everybody is told, and the time is over"), lines)
    names = [one.carer.name for one in untold(stage.school, due)]
    report.notes.append(
        _("At {when} these stand on the list of whom to ring: {names}.").format(
            when=moment(due, zone), names=", ".join(names) or _("nobody")
        )
    )
    told_of_it = [one for one in members_told(stage, lines) if is_here(one, due)]
    what = _("That a family was not told in time")
    report.blame(
        faults.too_few(what, [one.name for one in told_of_it]),
        *checking.addresses(stage, told_of_it),
    )


def _look_again(stage: Stage, report: Report, incident: Incident) -> None:
    """On the day that was named the lead and deputies are asked once to look again."""
    remind_and_alarm(school=stage.school, at=incident.due_at + timedelta(days=3))
    report.lines += of(_("To look again at what is held back"), told(stage))


def _check(stage: Stage, report: Report) -> None:
    at = stage.at
    report.blame(
        *checking.roles_unheld(stage, (*LEAD, Role.HEAD, Role.OFFICE), at),
        *checking.without_cover(stage, (*LEAD, Role.HEAD, Role.OFFICE), at),
        *checking.addresses(stage, acting_heads(stage.school, at)),
        *checking.home_time(stage, at),
        *checking_families.without_a_way(stage, at),
    )


def _who(stage: Stage, member: TeamMember, at: datetime) -> Who:
    return Who(
        school=stage.school,
        user_id=member.user_id,
        member=member,
        roles=frozenset(roles_of(member, at)),
        at=at,
    )


def _as(member: TeamMember) -> Actor:
    return Actor(kind="team", id=member.pk, name=member.name)
