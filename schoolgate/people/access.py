"""Who is asking, and which people they may see; the only way from a request to their rows."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from schoolgate.ledger.actors import OUTSIDE, Actor
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import (
    Carer,
    Ending,
    Group,
    Limit,
    Link,
    OwnHomeTime,
    Pupil,
    Receives,
    RoleHolding,
    SiteBar,
    TeamMember,
)
from schoolgate.people.presence import is_above_the_school
from schoolgate.people.queries import on_roll
from schoolgate.school.models import School

Role = RoleHolding.Role
LEADERS = frozenset({Role.HEAD, Role.ASSISTANT_HEAD})
# Who may take a message's text to themselves and give the words for its answer.
TAKE_TEXTS = frozenset({*LEADERS, Role.DSL, Role.DEPUTY_DSL})
# These guard much, the office's own role among them: the head alone gives and takes them.
SEE_MOST = frozenset(
    str(role)
    for role in (
        Role.OFFICE,
        Role.HEAD,
        Role.ASSISTANT_HEAD,
        Role.DSL,
        Role.DEPUTY_DSL,
        Role.GROUP_LEAD,
    )
)
SEE_EVERY_CHILD = (Role.OFFICE, Role.DSL, Role.DEPUTY_DSL, *sorted(LEADERS))


@dataclass(frozen=True)
class Who:
    """The person behind a request, in one school, at one moment (UTC)."""

    school: School | None = None
    user_id: int | None = None
    carer: Carer | None = None
    member: TeamMember | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    # Whether they may be or have been an adult of a child here; where nobody looked, they may.
    is_adult_here: bool = True
    at: datetime = datetime.min  # noqa: DTZ901 - never read: replaced by every caller

    @property
    def actor(self) -> Actor:
        """How the ledger names them; as a team member when they are one."""
        if self.member:
            return Actor(kind="team", id=self.member.pk, name=self.member.name)
        if self.carer:
            return Actor(kind="carer", id=self.carer.pk, name=self.carer.name)
        return OUTSIDE

    def holds(self, *roles: str) -> bool:
        """Whether they hold one of the roles now."""
        return bool(self.roles.intersection(roles))


def pupils_of(who: Who, least: Receives = Receives.GENERAL) -> QuerySet[Pupil]:
    """The children of a carer for whom they may receive so much; general news, if not said."""
    if who.carer is None:
        return Pupil.objects.none()
    mine = links_at(who.at, least).filter(carer=who.carer)
    return Pupil.objects.filter(school=who.school, pk__in=mine.values("pupil"))


def pupils_for_team(who: Who) -> QuerySet[Pupil]:
    """The children whom a team member works with: their groups', or all for office and leaders."""
    if who.member is None:
        return Pupil.objects.none()
    everyone = Pupil.objects.filter(school=who.school)
    if who.holds(*SEE_EVERY_CHILD):
        return everyone
    return everyone.filter(
        Q(tutor_group__tutor=who.member) | Q(tutor_group__helpers__member=who.member)
    ).distinct()


def children_to_write_about(who: Who) -> QuerySet[Pupil]:
    """The children whom a team member may tell families of: any child here but their own.

    Nobody from above the school reads the school's names.
    """
    if who.member is None or is_above_the_school(who.member, who.at):
        return Pupil.objects.none()
    rows = Pupil.objects.filter(on_roll(who.at.date()), school=who.school)
    own = Link.objects.filter(pupil=OuterRef("pk"), carer__user_id=who.user_id)
    return rows.exclude(Exists(own))


def links_for_team(who: Who) -> QuerySet[Link]:
    """Every current link of the children whom a team member works with."""
    return Link.objects.filter(
        school=who.school, ended_at=None, pupil__in=pupils_for_team(who).values("pk")
    ).select_related("carer", "pupil", "school")


def limits_in_force(who: Who) -> QuerySet[Limit]:
    """The limits that nobody has lifted, soonest end first, for those who decide on them."""
    if not who.holds(Role.HEAD, Role.DSL):
        return Limit.objects.none()
    return (
        Limit.objects.filter(school=who.school, lifted_at=None)
        .select_related("link__carer", "link__pupil", "school")
        .order_by("ends_on", "pk")
    )


def site_bars_for(who: Who) -> QuerySet[SiteBar]:
    """Who may not come onto the site now, for those who keep the lists and the door."""
    rows = SiteBar.objects.filter(school=who.school, lifted_at=None).select_related("decided_by")
    return rows if keeps_the_lists(who) else rows.none()


def endings_for(who: Who) -> QuerySet[Ending]:
    """What was taken off somebody, as far as this person could have taken it off themselves."""
    kinds: set[str] = set()
    if who.member is not None and who.holds(Role.OFFICE, Role.HEAD, Role.ASSISTANT_HEAD):
        kinds |= {"link", "number", "no safe route", "class", "helping"}
    if who.member is not None and who.holds(Role.HEAD, Role.DSL):
        kinds |= {"protection", "limit"}
    if who.member is not None and who.holds(Role.HEAD):
        kinds |= {"site bar"}
    return Ending.objects.filter(school=who.school, kind__in=kinds).select_related("school")


def keeps_the_lists(who: Who) -> bool:
    """Whether they keep the school's lists of people: the office, or a leader in its place."""
    return who.member is not None and who.holds(Role.OFFICE, *LEADERS)


def pupils_for_office(who: Who) -> QuerySet[Pupil]:
    """Every child of the school, for those who keep the lists."""
    rows = Pupil.objects.filter(school=who.school).select_related("tutor_group")
    return rows if keeps_the_lists(who) else rows.none()


def home_times_for_office(who: Who) -> QuerySet[OwnHomeTime]:
    """The own home times that stand, for those who keep the lists."""
    rows = OwnHomeTime.objects.filter(school=who.school, ended_at=None)
    rows = rows.select_related("pupil__school", "written_by")
    return rows if keeps_the_lists(who) else rows.none()


def carers_for_office(who: Who) -> QuerySet[Carer]:
    """Every carer of the school, for those who keep the lists."""
    rows = Carer.objects.filter(school=who.school)
    return rows if keeps_the_lists(who) else rows.none()


def members_for_office(who: Who) -> QuerySet[TeamMember]:
    """Everybody who works or worked here, for those who keep the lists."""
    rows = TeamMember.objects.filter(school=who.school)
    return rows if keeps_the_lists(who) else rows.none()


def may_give(who: Who) -> frozenset[str]:
    """The roles that somebody may give and take: the office all but those that guard much."""
    if who.school is None or not keeps_the_lists(who):
        return frozenset()
    known = frozenset({*Role.values, *who.school.settings.ladder})
    return known if who.holds(Role.HEAD) else known - SEE_MOST


def groups_for_office(who: Who) -> QuerySet[Group]:
    """Every group and class of the school, for those who keep the lists."""
    rows = Group.objects.filter(school=who.school).select_related("tutor")
    return rows if keeps_the_lists(who) else rows.none()


def protected_for_deciders(who: Who) -> QuerySet[Carer]:
    """Carers whose address is protected, for those who may say that it needs to be no more."""
    rows = Carer.objects.filter(school=who.school, protected_address=True, ended_at=None)
    return rows if who.holds(Role.HEAD, Role.DSL) else rows.none()
