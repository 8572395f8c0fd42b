"""The mail host takes nothing: what goes out by another way, what waits, and who learns of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.actions.replying import reply
from schoolgate.delivery.actions.claiming import BACKOFF, claim
from schoolgate.delivery.actions.settling import Outcome, settle
from schoolgate.delivery.actions.telling_office import tell_of_unreached
from schoolgate.delivery.models import Attempt, Parcel
from schoolgate.delivery.reach import EVERY, Kind, Way, reach, routes_of
from schoolgate.drill import checking, faults
from schoolgate.drill.days.disclosure import WORDS
from schoolgate.drill.report import Line, Report
from schoolgate.drill.stage import PLAYER, Stage, by_family
from schoolgate.drill.watching import CLAIMANT, Postbag, by_channel, of, run, told
from schoolgate.ledger.actors import Actor
from schoolgate.people.access import Who
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import Receives, RoleHolding
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.actions.raising import About, raise_concern
from schoolgate.safeguarding.actions.ringing import ring
from schoolgate.school.tenancy import see

Role = RoleHolding.Role
Channel = Parcel.Channel
MOST_TRIES = 200
FEWEST = 5  # no figure stands for fewer families (decision 16)


def play(stage: Stage, report: Report) -> None:
    """A parent is answered, something urgent goes out, a concern is raised; no email leaves."""
    at = stage.at
    _a_conversation(stage, at)
    report.lines += [_waiting(line) for line in run(stage, at)]
    report.lines += _urgent(stage, at)
    _no_email_leaves(stage, report, at)
    _a_concern(stage, report, at)
    report.blame(
        *checking.roles_unheld(stage, (Role.CENTRAL_SENDER, Role.OFFICE), at),
        *checking.without_cover(stage, (Role.CENTRAL_SENDER, Role.OFFICE), at),
        *checking.failing_routes(stage),
        *([] if is_there(Channel.SMS) else [faults.no_other_way()]),
    )
    report.notes += _families(stage, at)


def _a_conversation(stage: Stage, at: datetime) -> None:
    """A parent asks and the tutor answers."""
    carer, tutor = stage.family.carer, stage.family.tutor
    thread = start(
        actor=by_family(carer),
        carer=carer,
        words=Words(body="When is the trip?", at=at),
        pupil=stage.family.pupil,
        subject="The trip",
    )
    reply(
        actor=Actor(kind="team", id=tutor.pk, name=tutor.name),
        member=tutor,
        conversation=thread,
        body="On Friday.",
        at=at + timedelta(minutes=1),
    )


def _urgent(stage: Stage, at: datetime) -> Iterator[Line]:
    """An urgent announcement takes every way at once: those that are no email go out."""
    carers = [stage.family.carer, stage.family.other]
    routes = routes_of(
        school_id=stage.school.pk, carers=[one.pk for one in carers], kind=Kind.URGENT
    )
    for carer in carers:
        found = reach(routes[carer.pk], Way(Kind.URGENT, allowed=frozenset(EVERY)))
        for channel in found.channels:
            yield Line(at, carer.name, by_channel(channel), _becomes(stage, channel, at))


def _becomes(stage: Stage, channel: str, at: datetime) -> str:
    """What becomes of an urgent message by one channel."""
    if channel == Channel.EMAIL and not stage.school.settings.notices_may_be_emailed(at):
        return _("An urgent message; it goes by iSAMS, sent by the office")
    if channel == Channel.EMAIL:
        return _("An urgent message; it waits for the mail host")
    if not is_there(channel):
        return _("An urgent message; this installation has no provider for it")
    return _("An urgent message; it goes out meanwhile")


def is_there(channel: str) -> bool:
    """Whether this installation has a provider for a channel."""
    return bool(
        {Channel.SMS: settings.SMS_URLS, Channel.VOICE: settings.VOICE_URL}.get(
            Channel(channel), True
        )
    )


def _waiting(line: Line) -> Line:
    if line.route != _("email") and not line.member:
        return line
    return replace(line, what=_("{what}; it waits").format(what=line.what))


def _a_concern(stage: Stage, report: Report, at: datetime) -> None:
    """Alerts wait as well, and are tried again for as long as the host is down."""
    see(school_id=stage.school.pk, user_id=PLAYER, at=at)
    who = Who(school=stage.school, user_id=PLAYER, carer=stage.family.carer, at=at)
    raise_concern(who=who, words=WORDS, at=at, about=About(pupil=stage.family.pupil))
    see(school_id=stage.school.pk)
    sent = ring(school=stage.school, at=at, channel=Postbag(is_down=True))
    see(school_id=stage.school.pk)
    waits = asked.claim(at=at + timedelta(hours=1), most=50)
    report.notes.append(
        _(
            "Alerts of a concern wait too ({number}) and are tried every few minutes. Whoever "
            "signs in sees the concern at once: let the safeguarding team look at its page while "
            "the mail host is down, and ring each other."
        ).format(number=len(waits))
    )
    report.blame(faults.too_few(_("A concern while no email leaves"), ["-"] * (sent + len(waits))))


def _no_email_leaves(stage: Stage, report: Report, at: datetime) -> None:
    """Each try of each email is refused, until all have failed for good."""
    _office_hears(stage, report, at)
    tries = 0
    while (last := _next_try(stage)) is not None and tries < MOST_TRIES:
        tries += 1
        _refuse(stage, max(at, last))
    failed = Parcel.objects.filter(school=stage.school, state=Parcel.State.FAILED)
    report.lines += of(_("When it has failed for good"), told(stage))
    report.notes.append(
        _(
            "Each email is tried for {hours} hours before it counts as not reached and stands on "
            "the page Not reached (of this drill: {number}). Until then it waits, and leaves "
            "within minutes of the host’s return."
        ).format(hours=sum(BACKOFF) // 60, number=failed.count())
    )


def _next_try(stage: Stage) -> datetime | None:
    waiting = Parcel.objects.filter(
        school=stage.school, channel=Channel.EMAIL, state=Parcel.State.WAITING
    )
    return waiting.order_by("next_try_at").values_list("next_try_at", flat=True).first()


def _refuse(stage: Stage, at: datetime) -> None:
    """What is due is claimed, and the host does not answer (UTC)."""
    mine = claim(school_id=stage.school.pk, at=at, claimant=CLAIMANT)
    moment = at.timestamp()
    outcomes = {one.id: Outcome(moment, moment, Attempt.Outcome.TEMPORARY, "down") for one in mine}
    settle(school_id=stage.school.pk, outcomes=outcomes, claimant=CLAIMANT, at=at)


def _office_hears(stage: Stage, report: Report, at: datetime) -> None:
    """The office's daily list of who was not reached: it stands on a page, its email waits too."""
    for hour in range(1, 49):
        when = at + timedelta(hours=hour)
        if tell_of_unreached(school=stage.school, at=when):
            lines = told(stage)
            report.lines += [_waiting(line) for line in lines]
            if lines:
                return


def _families(stage: Stage, at: datetime) -> list[str]:
    """How many families only email reaches."""
    with checking.the_real_school(stage):
        links = links_at(at, Receives.GENERAL).filter(school=stage.live).order_by()
        carers = list(links.values_list("carer", flat=True).distinct())
        routes = routes_of(school_id=stage.live.pk, carers=carers, kind=Kind.URGENT)
    only = [one for one in routes.values() if one.working == {Parcel.Channel.EMAIL}]
    if not only:
        return []
    if len(only) < FEWEST:
        return [_("Some adults have no other way than email: an urgent message waits for them.")]
    return [
        _("{number} adults have no other way than email: an urgent message waits for them.").format(
            number=len(only)
        )
    ]
