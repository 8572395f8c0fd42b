"""A parent writes on a Saturday at 23:00 that a child is afraid to go home (Clause 2.2-T8c)."""

from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.drill import checking, faults
from schoolgate.drill.report import Line, Report
from schoolgate.drill.stage import PLAYER, Stage
from schoolgate.drill.watching import members_told, rung
from schoolgate.people.access import Who
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.people.presence import is_here
from schoolgate.people.queries import holders
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.actions.raising import About, raise_concern
from schoolgate.safeguarding.actions.watching_rota import has_rota
from schoolgate.safeguarding.readers import TOLD_AT_ONCE, UNREAD_FOR, stands_with, told
from schoolgate.school.calendars import safeguarding_calendar
from schoolgate.school.models import School
from schoolgate.school.tenancy import see
from schoolgate.working_time.errors import BeyondCalendarError

Role = RoleHolding.Role
WORDS = "Wren says that she is afraid to go home."
STEPS = 2  # further people, then the group's lead


def play(stage: Stage, report: Report) -> None:
    """Raise a concern about the fictional child, and let nobody read it."""
    at, school = stage.at, stage.school
    what = _("A concern about a child")
    report.lines.append(_receipt(stage, at))
    lines, standing = raised(stage, at, About(pupil=stage.family.pupil))
    report.lines += lines
    report.notes += stands(what, standing)
    called = told(school=school, about=None, about_adult=False, at=at)
    at_once = [line for line in report.lines if line.at == at]
    first = [one for one in members_told(stage, at_once) if is_here(one, at)]
    deputies = [one for one in holding(stage, Role.DEPUTY_DSL, at) if is_here(one, at)]
    report.blame(
        faults.too_few(what, [one.name for one in first], deputy=bool(deputies)),
        *checking.roles_unheld(stage, (*TOLD_AT_ONCE, Role.GROUP_LEAD), at),
        *checking.addresses(stage, [*called, *holding(stage, Role.GROUP_LEAD, at)]),
        *checking.without_cover(stage, TOLD_AT_ONCE, at),
        *checking.rota_gaps(stage, at),
        *checking.councils(stage, at),
    )
    if not has_rota(school):
        report.notes.append(
            _(
                "There is no rota: until safeguarding hours begin nobody has to look. The family "
                "is told so, with 999 and the council’s number."
            )
        )


def stands(what: str, member: TeamMember | None) -> list[str]:
    """With whom it stands at first, in a sentence."""
    if member is None:
        return []
    return [_("{what}: it stands with {name} at first.").format(what=what, name=member.name)]


def raised(stage: Stage, at: datetime, about: About) -> tuple[list[Line], TeamMember | None]:
    """Raise a concern that nobody reads (UTC); who is alerted, at each step, and who has it."""
    rung(stage, at)  # what else is to be rung for, such as a gap, has gone before
    see(school_id=stage.school.pk, user_id=PLAYER, at=at)
    who = Who(school=stage.school, user_id=PLAYER, carer=stage.family.carer, at=at)
    concern = raise_concern(who=who, words=WORDS, at=at, about=about)
    lines = rung(stage, at)
    found = stands_with(stage.school, asked.circle(concern.pk, author=PLAYER), at)
    for step in range(1, STEPS + 1):
        lines += rung(stage, in_safeguarding_hours(stage.school, at, step))
    return lines, found if found is not None and is_here(found, at) else None


def _receipt(stage: Stage, at: datetime) -> Line:
    """What the parent reads at once."""
    words = _("Has written, and reads at once that it is kept and what to ring in danger")
    return Line(at, stage.family.carer.name, _("the family’s page"), words)


def in_safeguarding_hours(school: School, at: datetime, step: int) -> datetime:
    """When something has been unread for so many steps (UTC)."""
    try:
        return safeguarding_calendar(school).add(at, UNREAD_FOR * step)
    except BeyondCalendarError:
        return at + UNREAD_FOR * step


def holding(stage: Stage, role: str, at: datetime) -> list[TeamMember]:
    """Who holds a role on the stage (UTC)."""
    return list(holders(school_id=stage.school.pk, roles=(role,), at=at))
