"""The fixed cast of one school, by a key that tests and the entry page use."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from schoolgate.accounts.models import User
from schoolgate.people.models import (
    Carer,
    ContactRoute,
    Group,
    GroupHelper,
    Limit,
    Link,
    Pupil,
    Receives,
    RoleHolding,
    TeamMember,
)
from schoolgate.rehearsal.parts import PARTS, ChildPart, FamilyPart, TeamPart
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import see

# Whole weeks, so that a Monday stays one.
A_YEAR = timedelta(weeks=52)
AHEAD = timedelta(days=60)
SCHOOLS = Path(__file__).resolve().parent.parent.parent / "schools"


@dataclass
class Cast:
    """Everybody of one rehearsal school, by key."""

    school: School
    team: dict[str, TeamMember] = field(default_factory=dict)
    carers: dict[str, Carer] = field(default_factory=dict)
    children: dict[str, Pupil] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    def user_id(self, key: str) -> int:
        """The number by which somebody signs in."""
        person = self.team.get(key) or self.carers[key]
        assert person.user_id is not None  # everybody of the cast can sign in
        return person.user_id


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def in_every_year(text: str, today: date) -> str:
    """The settings with their terms repeated until they reach well past a day.

    The fictional schools are open in any year, as long as somebody looks at them.
    """
    found = re.search(r"^terms = \[\n(.*?)^\]\n", text, re.MULTILINE | re.DOTALL)
    if found is None:
        return text
    terms = list(dict.fromkeys(found[1].splitlines()))
    last = max(map(date.fromisoformat, _DAY.findall(found[1])))
    known = list(terms)
    while last < today + AHEAD:
        known = [_DAY.sub(_a_year_on, line) for line in known]
        terms += known
        last += A_YEAR
    return text[: found.start(1)] + "\n".join(terms) + "\n" + text[found.end(1) :]


def _a_year_on(day: re.Match[str]) -> str:
    return (date.fromisoformat(day[0]) + A_YEAR).isoformat()


def open_school(slug: str) -> School:
    """The school with its mail domain moved to example.org, so that nothing real is ever mailed."""
    text = in_every_year((SCHOOLS / f"{slug}.toml").read_text(), now().date())
    for real in ("medwaygreenschool.co.uk", "trentacres.co.uk"):
        text = text.replace(f"@{real}", f"@{slug}.example.org").replace(
            f'"{real}"', f'"{slug}.example.org"'
        )
    school = School(slug=slug, settings_text=text, demo=True)
    school.name = school.settings.name
    school.inbound_address = school.settings.inbound_address
    school.save()
    return school


def assemble(slug: str, at: datetime) -> Cast:
    """Write the whole cast of one school; the open transaction then sees that school (UTC)."""
    cast = Cast(open_school(slug))
    see(school_id=cast.school.pk, at=at)
    parts = PARTS[slug]
    for member in parts.team:
        cast.team[member.key] = _team_member(cast.school, member, at)
    for member in parts.team:
        _place(cast, member)
    for group, tutor in parts.groups:
        cast.groups[group] = Group.objects.create(
            school=cast.school,
            name=group,
            tutor=cast.team[tutor],
            phase=dict(parts.phases).get(group, ""),
        )
    for helper, group in parts.helpers:
        GroupHelper.objects.create(
            school=cast.school, group=cast.groups[group], member=cast.team[helper]
        )
    for child in parts.children:
        cast.children[child.key] = _child(cast, child)
    for family in parts.families:
        cast.carers[family.key] = _carer(cast, family, at)
    return cast


def address(key: str, school: School) -> str:
    """The email address of somebody in the cast."""
    return f"{key}@{school.slug}.example.org"


def _team_member(school: School, part: TeamPart, at: datetime) -> TeamMember:
    user = User.objects.create_user(
        email=address(part.key, school),
        address=address(part.key, school),
        name=part.name,
        school=school,
    )
    member = TeamMember.objects.create(
        school=school,
        external_id=f"T-{part.key}",
        name=part.name,
        job_title=part.title,
        employment=part.employment,
        email=address(part.key, school),
        user_id=user.pk,
        ends_on=(at + timedelta(days=part.ends_in)).date() if part.ends_in else None,
    )
    for role in part.roles:
        RoleHolding.objects.create(
            school=school, member=member, role=role, since=at - timedelta(days=400)
        )
    return member


def _place(cast: Cast, part: TeamPart) -> None:
    member = cast.team[part.key]
    member.line_leader = cast.team.get(part.leader)
    member.cover = cast.team.get(part.cover)
    member.save(update_fields=["line_leader", "cover"])


def _child(cast: Cast, part: ChildPart) -> Pupil:
    first, _, last = part.name.partition(" ")
    return Pupil.objects.create(
        school=cast.school,
        external_id=f"P-{part.key}",
        first_name=first,
        last_name=last,
        born_on=date(part.born, 5, 14),
        tutor_group=cast.groups[part.group],
        authority=part.authority,
    )


def _carer(cast: Cast, part: FamilyPart, at: datetime) -> Carer:
    school = cast.school
    email = address(part.email or part.key, school) if part.email != "none" else ""
    own_address = email == address(part.key, school)
    user = User.objects.create_user(
        email=email if own_address else None,
        address=email if own_address else "",
        name=part.name,
        school=school,
    )
    carer = Carer.objects.create(
        school=school,
        external_id=f"C-{part.key}",
        name=part.name,
        called=part.name.split(" ")[0],
        capacity=part.capacity,
        language=part.language,
        needs=list(part.needs),
        what_helps_us=part.helps,
        protected_address=part.protected,
        user_id=user.pk,
        last_signed_in_at=at - timedelta(days=3) if part.signed_in else None,
    )
    if email:
        ContactRoute.objects.create(
            school=school, carer=carer, kind="email", value=email, verified_at=at
        )
    for child, relationship in part.children:
        link = Link.objects.create(
            school=school,
            pupil=cast.children[child],
            carer=carer,
            relationship=relationship,
            receives=Receives(part.receives),
        )
        if part.limit:
            Limit.objects.create(
                school=school,
                link=link,
                receives_at_most=Receives.NOTHING,
                says=part.limit,
                begins_at=at - timedelta(days=60),
                ends_on=date(2027, 3, 14),
                seen_by=cast.team["helen"].name if "helen" in cast.team else "",
            )
    return carer
