"""A head in hospital, away without cover; a parent asks the head; a concern is about an adult."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.drill import checking, faults
from schoolgate.drill.days.disclosure import holding, raised, stands
from schoolgate.drill.report import Report
from schoolgate.drill.stage import Stage, by_family
from schoolgate.drill.watching import follow_promises, members_told, of, run, told
from schoolgate.escalation.actions.taking_further import Ask, ask_the_head
from schoolgate.escalation.errors import NobodyThere
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.absence import record_absence
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.people.presence import absence_of, acting_heads, is_here
from schoolgate.people.queries import holders
from schoolgate.safeguarding.actions.raising import About

Role = RoleHolding.Role
HOUR = timedelta(hours=1)


def play(stage: Stage, report: Report) -> None:
    """The head is away from now on; then what was the head's to answer comes."""
    at, rules = stage.at, stage.school.settings
    heads = list(holders(school_id=stage.school.pk, roles=rules.head_holders, at=at))
    report.blame(
        *checking.roles_unheld(stage, (*rules.ladder, rules.choices.above_head), at),
        *checking.without_cover(stage, (*rules.ladder, Role.OFFICE), at),
    )
    for head in heads:
        _falls_ill(head, at)
    report.lines += of(_("The head is away"), told(stage))
    acting = [one for one in acting_heads(stage.school, at) if is_here(one, at)]
    report.blame(
        faults.too_few(_("What was taken to the head"), [one.name for one in acting]),
        *checking.addresses(stage, acting),
    )
    for one in acting:
        report.notes.append(_("{name} acts as head from then on.").format(name=one.name))
    _a_parent_asks(stage, report, at + HOUR)
    _about_adults(stage, report, heads, at + 2 * HOUR)


def _falls_ill(head: TeamMember, at: datetime) -> None:
    if absence_of(head, at) is None:
        record_absence(
            actor=SYSTEM,
            member=head,
            span=(at, None),
            cover=None,
            no_cover_because="-",
            at=at,
        )


def _a_parent_asks(stage: Stage, report: Report, at: datetime) -> None:
    """A parent asks the head in a thread with the tutor, and nobody answers."""
    family = stage.family
    thread = start(
        actor=by_family(family.carer),
        carer=family.carer,
        words=Words(body="I would like to talk about the timetable.", at=at),
        pupil=family.pupil,
        subject="The timetable",
    )
    try:
        ask_the_head(
            actor=by_family(family.carer),
            carer=family.carer,
            conversation=thread,
            ask=Ask("Please answer this yourself."),
            at=at,
        )
    except NobodyThere:
        report.blame(faults.too_few(_("A parent who asks the head"), []))
        return
    lines = [*run(stage, at), *follow_promises(stage, at)]
    report.lines += of(_("A parent asks the head"), lines)
    here = [one.name for one in members_told(stage, lines) if is_here(one, at)]
    report.blame(faults.too_few(_("A parent who asks the head"), here))


def _about_adults(stage: Stage, report: Report, heads: list[TeamMember], at: datetime) -> None:
    """A concern about the tutor is the case manager's; one about the head is the group lead's."""
    for about in (stage.family.tutor, *heads[:1]):
        what = _("A concern about {name}").format(name=about.name)
        lines, standing = raised(
            stage, at, About(pupil=stage.family.pupil, adult=True, member=about)
        )
        report.lines += of(what, lines)
        report.notes += stands(what, standing)
        people = members_told(stage, lines)
        report.blame(
            faults.too_few(what, [one.name for one in people if is_here(one, at)]),
            *[faults.subject_told(one.name) for one in people if one.pk == about.pk],
            *checking.addresses(stage, people),
        )
        at += timedelta(days=1)
    report.blame(*checking.addresses(stage, holding(stage, Role.GROUP_LEAD, at)))
