"""Watching a stage: what recurs is run at a moment, and what it told is read."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.delivery.actions.claiming import claim
from schoolgate.delivery.actions.settling import Outcome, settle
from schoolgate.delivery.channel import Letter, OneByOne
from schoolgate.delivery.errors import HostDown
from schoolgate.delivery.models import Attempt, Parcel
from schoolgate.drill.report import Line
from schoolgate.drill.stage import Stage
from schoolgate.escalation.actions.climbing import climb_due
from schoolgate.escalation.actions.telling import tell_families
from schoolgate.people.models import TeamMember
from schoolgate.response_clock.models import Promise
from schoolgate.safeguarding.actions.ringing import ring
from schoolgate.school.tenancy import see
from schoolgate.today.actions.telling import alarm_what_nobody_saw, tell_of_what_came

STEPS = 12  # of a promise's climb, at most
CLAIMANT = 2**53  # a sorting's number that no sorting has


class Postbag(OneByOne):
    """A channel that keeps what it is given and tells nobody; or one whose host is down."""

    most_lines = 1
    repeats_in_doubt = True

    def __init__(self, *, is_down: bool = False) -> None:
        self.is_down = is_down
        self.letters: list[Letter] = []

    def open(self) -> "Postbag":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Keep it. Raises HostDown where the host is down."""
        if self.is_down:
            raise HostDown
        self.letters.append(letter)
        return "kept"


def run(stage: Stage, at: datetime) -> list[Line]:
    """Run what recurs for conversations and for today at a moment (UTC); what it told whom."""
    see(school_id=stage.school.pk, at=at)
    climb_due(school=stage.school, at=at)
    alarm_what_nobody_saw(school=stage.school, at=at)
    tell_of_what_came(school=stage.school, at=at)
    tell_families(school=stage.school, at=at)
    return told(stage)


def told(stage: Stage) -> list[Line]:
    """What was written to somebody since it was asked last."""
    rows = (
        Parcel.objects.filter(school=stage.school, pk__gt=stage.seen.get("parcel", 0))
        .select_related("carer", "member", "content")
        .order_by("pk")
    )
    lines = []
    for parcel in rows:
        stage.seen["parcel"] = parcel.pk
        lines.append(_line(parcel))
    return lines


def emails_leave(stage: Stage, at: datetime) -> None:
    """The mail host takes every email that is due (UTC), as far as the post room knows."""
    mine = claim(school_id=stage.school.pk, at=at, claimant=CLAIMANT)
    moment = at.timestamp()
    outcomes = {one.id: Outcome(moment, moment, Attempt.Outcome.ACCEPTED) for one in mine}
    settle(school_id=stage.school.pk, outcomes=outcomes, claimant=CLAIMANT, at=at)
    see(school_id=stage.school.pk, at=at)


def follow_promises(stage: Stage, at: datetime) -> list[Line]:
    """Let a promise run with nobody answering (UTC); who is told at each of its steps."""
    lines: list[Line] = []
    for _step in range(STEPS):
        due = Promise.objects.filter(school=stage.school, stopped_at=None, withdrawn_at=None)
        at_last = due.filter(next_step_at__isnull=False).order_by("next_step_at").first()
        if at_last is None or at_last.next_step_at is None:
            break
        at = max(at, at_last.next_step_at)
        lines += run(stage, at)
    return lines


def rung(stage: Stage, at: datetime) -> list[Line]:
    """Let the job that rings for safeguarding come round (UTC); to whom its alerts would leave."""
    see(school_id=stage.school.pk, at=at)
    bag = Postbag()
    ring(school=stage.school, at=at, channel=bag)
    see(school_id=stage.school.pk, at=at)
    team = {one.email: one for one in TeamMember.objects.filter(school=stage.school)}
    lines = [_to_member(team[letter.to], at, letter.words.subject) for letter in bag.letters]
    return sorted(lines, key=lambda line: line.who)


def by_email(address: str) -> str:
    """The route to an address, in words."""
    return _("email to {address}").format(address=address)


def of(scene: str, lines: Iterable[Line]) -> list[Line]:
    """The lines with what they belong to said before."""
    return [
        replace(one, what=_("{scene}: {what}").format(scene=scene, what=one.what)) for one in lines
    ]


def members_told(stage: Stage, lines: Iterable[Line]) -> list[TeamMember]:
    """Which of the team stand in these lines, by name."""
    numbers = {line.member for line in lines}
    return list(TeamMember.objects.filter(school=stage.school, pk__in=numbers).order_by("name"))


def _to_member(member: TeamMember, at: datetime, subject: str) -> Line:
    return Line(at, member.name, by_email(member.email), subject, member.pk)


def _line(parcel: Parcel) -> Line:
    at = max(parcel.posted_at, parcel.next_try_at)
    if parcel.member is not None:
        return _to_member(parcel.member, at, parcel.content.subject)
    who = parcel.carer.name if parcel.carer else parcel.address
    return Line(at, who, _route(parcel), parcel.content.subject)


def _route(parcel: Parcel) -> str:
    if parcel.state == Parcel.State.OWED:
        return _("iSAMS, sent by the office")
    return by_channel(parcel.channel)


def by_channel(channel: str) -> str:
    """A channel in words."""
    return {
        Parcel.Channel.PORTAL: _("the family’s page"),
        Parcel.Channel.EMAIL: _("email"),
        Parcel.Channel.SMS: _("text"),
        Parcel.Channel.PUSH: _("a notice on their device"),
        Parcel.Channel.VOICE: _("a voice call"),
        Parcel.Channel.LETTER: _("letter"),
    }[Parcel.Channel(channel)]
