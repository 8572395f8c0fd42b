"""What the rehearsal schools have to see to today: seen, waiting, and somebody who collects."""

from datetime import datetime, time, timedelta

from schoolgate.ledger.actors import Actor
from schoolgate.people.models import Carer, ContactRoute, Pupil, TeamMember
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.actions.asking import Told, tell_school
from schoolgate.today.actions.collecting import Other
from schoolgate.today.actions.seeing import mark_seen
from schoolgate.today.kinds import Kind
from schoolgate.today.models import Matter

OFFICE = {"medway-green": "joan", "trent-acres": "carol"}
# Ofcom keeps these numbers free for drama.
MOBILES = {"ewa": "07700 900321", "hannah": "07700 900322", "mia": "07700 900323"}
KNOWN = timedelta(days=200)


def tell_of_today(cast: Cast, at: datetime) -> None:
    """Whatever families wrote before was seen; one absence was told and one collection (UTC)."""
    for key, number in MOBILES.items():
        if key in cast.carers:
            ContactRoute.objects.create(
                school=cast.school,
                carer=cast.carers[key],
                kind=ContactRoute.Kind.MOBILE,
                value=number,
                preference=2,
                verified_at=at - KNOWN,
            )
    member = TeamMember.objects.get(pk=cast.team[OFFICE[cast.school.slug]].pk)
    for matter in Matter.objects.filter(school=cast.school):
        _sees(member, matter, matter.came_at + timedelta(minutes=4))
    if cast.school.slug == "medway-green":
        _sees(member, _told(cast, "obi", "amara", at - timedelta(minutes=20)), at)
        _told(cast, "hannah", "max", at, Other("Maria Lis", "aunt", time(15, 15)))


def _told(cast: Cast, carer: str, child: str, at: datetime, other: Other | None = None) -> Matter:
    somebody = Carer.objects.select_related("school").get(pk=cast.carers[carer].pk)
    told = Told(Kind.COLLECTION if other else Kind.ABSENCE, other=other)
    return tell_school(
        actor=Actor("carer", somebody.pk, somebody.name),
        carer=somebody,
        pupil=Pupil.objects.get(pk=cast.children[child].pk),
        told=told,
        at=at,
    )


def _sees(member: TeamMember, matter: Matter, at: datetime) -> None:
    mark_seen(actor=Actor("team", member.pk, member.name), member=member, matters=[matter], at=at)
