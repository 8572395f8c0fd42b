"""Looking at the school's settings and rows for what a drill names as a fault."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.functional import Promise as Words
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.delivery.models import Parcel
from schoolgate.drill import faults
from schoolgate.drill.report import Fault
from schoolgate.drill.stage import Stage
from schoolgate.incidents.due import AFTER_HOME, usual_home
from schoolgate.people.errors import NotANumber
from schoolgate.people.models import ContactRoute, Household, HouseholdStay, TeamMember
from schoolgate.people.presence import absences_at, is_here
from schoolgate.people.queries import holders
from schoolgate.people.telephone import read_number
from schoolgate.response_clock.words import hour, moment
from schoolgate.safeguarding.actions.keeping_routes import Route, all_routes
from schoolgate.safeguarding.actions.watching_rota import has_rota
from schoolgate.safeguarding.models import RotaGap
from schoolgate.safeguarding.readers import on_call, rota
from schoolgate.safeguarding.rota import BACK, Stretch, gaps
from schoolgate.school.calendars import entries_of, safeguarding_calendar
from schoolgate.school.settings_parts import EmailRoute
from schoolgate.school.tenancy import see

ROLES: dict[str, str | Words] = {
    "head": _("the head"),
    "assistant_head": _("the assistant head"),
    "dsl": _("the safeguarding lead"),
    "deputy_dsl": _("a deputy safeguarding lead"),
    "office": _("the office"),
    "group_lead": _("the group’s lead"),
    "central_sender": _("the one who sends texts and letters"),
}


@contextmanager
def the_real_school(stage: Stage) -> Iterator[None]:
    """For a while the transaction sees the school as it is, and then the stage again."""
    see(school_id=stage.live.pk)
    try:
        yield
    finally:
        see(school_id=stage.school.pk)


def roles_unheld(stage: Stage, roles: Iterable[str], at: datetime) -> list[Fault]:
    """Roles on which something rests and that nobody holds (UTC)."""
    return [
        faults.unheld(str(ROLES.get(role, role.replace("_", " "))))
        for role in dict.fromkeys(roles)
        if not holders(school_id=stage.school.pk, roles=(role,), at=at).exists()
    ]


def without_cover(stage: Stage, roles: tuple[str, ...], at: datetime) -> list[Fault]:
    """Who holds one of the roles, is away at a moment (UTC), and is covered by nobody."""
    held = holders(school_id=stage.school.pk, roles=roles, at=at)
    away = absences_at(stage.school.pk, at).filter(member__in=held.values("pk"), cover=None)
    return [faults.uncovered(one.member.name) for one in away]


def addresses(stage: Stage, members: Iterable[TeamMember]) -> list[Fault]:
    """Of those who would be told: no address, one outside the school's domains, one that fails."""
    domains = stage.school.settings.mail_domains
    found: list[Fault] = []
    for one in members:
        if not one.email:
            found.append(faults.no_address(one.name))
        elif domains and one.email.rpartition("@")[2].lower() not in domains:
            found.append(faults.strange_address(one.name))
        elif _fails(stage, one.email):
            found.append(faults.failing_address(one.name))
    return found


def _fails(stage: Stage, email: str) -> bool:
    with the_real_school(stage):
        last = (
            Parcel.objects.filter(
                school=stage.live, member__email=email, channel="email", ended_at__isnull=False
            )
            .order_by("-ended_at")
            .first()
        )
    return last is not None and last.state == Parcel.State.FAILED


def rota_gaps(stage: Stage, at: datetime) -> list[Fault]:
    """Stretches of seven days with nobody on call that nobody accepted; where there is a rota."""
    school = stage.school
    if not has_rota(school):
        return []
    turns = [Stretch(one.from_at, one.until_at) for one in rota(school, at - BACK, at + 2 * BACK)]
    with the_real_school(stage):
        kept = RotaGap.objects.filter(school=stage.live, accepted_at__isnull=False)
        accepted = set(kept.values_list("begins_at", flat=True))
    zone = school.settings.timezone
    watching = TeamMember.objects.filter(pk__in=on_call(school, at))
    return [faults.on_call_and_away(one.name) for one in watching if not is_here(one, at)] + [
        faults.gap(moment(one.begins, zone), moment(one.ends, zone))
        for one in gaps(safeguarding_calendar(school), turns, at)
        if one.begins not in accepted
    ]


def councils(stage: Stage, at: datetime) -> list[Fault]:
    """The numbers of the children's own councils: none, no numbers, or not checked (UTC, T22)."""
    day = at.date()
    with the_real_school(stage):
        found = all_routes(stage.live, day)
    return [fault for route in found for fault in _of_council(route, at)]


def _of_council(route: Route, at: datetime) -> Iterator[Fault]:
    if route.row is None:
        yield faults.no_number(route.name)
        return
    if route.stale:
        yield faults.stale_number(route.name, (at.date() - route.row.checked_on).days)
    for number in filter(None, [route.row.in_hours, route.row.out_of_hours, route.row.lado]):
        if not _is_number(number):
            yield faults.dead_number(route.name, number)


def _is_number(words: str) -> bool:
    try:
        return bool(read_number(words))
    except NotANumber:
        # Short numbers such as 111 are rung as they stand.
        return words.strip().isdecimal() and len(words.strip()) == 3


def failing_routes(stage: Stage) -> list[Fault]:
    """Whether routes of families have failed and stand so."""
    with the_real_school(stage):
        rows = ContactRoute.objects.filter(
            school=stage.live, ended_at=None, failing_since__isnull=False, carer__ended_at=None
        )
        return [faults.failing_numbers()] if rows.exists() else []


def addresses_kept(stage: Stage) -> list[Fault]:
    """Whether an address is kept of a household in which somebody's is protected (T2)."""
    with the_real_school(stage):
        stays = HouseholdStay.objects.filter(
            school=stage.live, until=None, carer__protected_address=True
        )
        kept = Household.objects.filter(~Q(address=""), pk__in=stays.values("household"))
        return [faults.address_kept()] if kept.exists() else []


def home_time(stage: Stage, at: datetime) -> list[Fault]:
    """A day with children in school (UTC) for which no home time is set (decision 10)."""
    settings, entries = stage.school.settings, entries_of(stage.school)
    calendar = safeguarding_calendar(stage.school)
    day = at.astimezone(calendar.zone).date()
    if settings.home_time_on(day, entries) is not None or not calendar.opens_on(day):
        return []
    by = hour(usual_home(settings, day) + AFTER_HOME, settings.timezone)
    return [faults.home_time_not_set(gettext(day.strftime("%A")), by)]


def wrong_routes(stage: Stage, at: datetime) -> list[Fault]:
    """Email that would leave to a family although the school's email goes by iSAMS (2.1-M2a)."""
    rules = stage.school.settings
    if rules.email_route is not EmailRoute.ISAMS:
        return []
    variation = rules.isams_variation
    if variation is not None and variation.holds_on(at.astimezone(ZoneInfo(rules.timezone)).date()):
        return []
    plain = (
        Parcel.objects.filter(
            school=stage.school, channel=Parcel.Channel.EMAIL, carer__isnull=False
        )
        .exclude(state__in=[Parcel.State.OWED, Parcel.State.TAKEN_BACK])
        .select_related("content")
        .order_by("pk")
    )
    return [faults.wrong_route(one.content.subject) for one in plain]
