"""A taxi that does not come at home time, and the office closes while the child waits."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from schoolgate.drill import checking, faults
from schoolgate.drill.report import Fault, Report
from schoolgate.drill.stage import Stage, by_family
from schoolgate.drill.watching import members_told, run
from schoolgate.people.models import RoleHolding
from schoolgate.people.presence import is_here
from schoolgate.response_clock.words import moment
from schoolgate.school.calendars import office_calendar, safeguarding_calendar
from schoolgate.school.models import School
from schoolgate.today import people
from schoolgate.today.actions.asking import Told, tell_school
from schoolgate.today.kinds import Kind
from schoolgate.today.models import Matter
from schoolgate.working_time.errors import BeyondCalendarError

Role = RoleHolding.Role
WORDS = "The taxi has not come. Wren is waiting at the gate."


def play(stage: Stage, report: Report) -> None:
    """It is said while the office is there and once more when it has gone; nobody looks."""
    at = stage.at
    report.blame(
        *([] if people.office_people(stage.school, at) else [faults.office_empty()]),
        *checking.roles_unheld(stage, (Role.OFFICE, Role.ASSISTANT_HEAD, Role.HEAD), at),
        *checking.without_cover(stage, (Role.OFFICE, Role.ASSISTANT_HEAD, Role.HEAD), at),
    )
    for when in _moments(stage.school, at):
        _said(stage, report, when)


def _moments(school: School, at: datetime) -> list[datetime]:
    """Now, and a minute after the office closes if children are about then."""
    office, children = office_calendar(school), safeguarding_calendar(school)
    try:
        closed = office.next_closing(at) + timedelta(minutes=1)
    except BeyondCalendarError:
        return [at]
    return [at, closed] if children.is_open(closed) and not office.is_open(closed) else [at]


def _said(stage: Stage, report: Report, at: datetime) -> None:
    family = stage.family
    matter = tell_school(
        actor=by_family(family.carer),
        carer=family.carer,
        pupil=family.pupil,
        told=Told(Kind.TRANSPORT, words=WORDS),
        at=at,
    )
    lines = run(stage, at)
    for due in sorted({matter.due_at, matter.head_at}):
        lines += run(stage, max(at, due))
    Matter.objects.filter(pk=matter.pk).update(next_alarm_at=None)
    report.lines += lines
    reached = members_told(stage, lines)
    zone = stage.school.settings.timezone
    report.blame(
        faults.too_few(
            _("A taxi that does not come, said at {when}").format(when=moment(at, zone)),
            [one.name for one in reached if is_here(one, at)],
        ),
        *checking.addresses(stage, [*reached, *people.heads(stage.school, at)]),
        _late(stage, matter, at),
    )


def _late(stage: Stage, matter: Matter, at: datetime) -> Fault | None:
    """The head hears of it when the last child should be home."""
    children = safeguarding_calendar(stage.school)
    if not children.is_open(at):
        return None
    home, zone = children.next_closing(at), stage.school.settings.timezone
    if matter.head_at <= home:
        return None
    return faults.too_late(_("The head"), moment(matter.head_at, zone), moment(home, zone))
