"""Who collects or how a child goes home, in whatever words it came: looked at like the form.

A father under an order who writes "I will collect him today" has asked who collects. So the writer
and whoever is named are held against the orders, limits and site bars of every child of theirs,
through links of any level, ended ones too. On a hit the head and the safeguarding lead are told;
the family reads what it would read in any case (decision 1, threats T1 and T10).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.people.limited import limited_named
from schoolgate.people.models import Carer, Limit, Link, Pupil
from schoolgate.people.naming import words_of
from schoolgate.school.models import School
from schoolgate.today import people
from schoolgate.today.actions.telling import alert
from schoolgate.today.checking import Refused, against
from schoolgate.today.kinds import Kind
from schoolgate.today.models import Matter

ABOUT_THE_WAY_HOME = frozenset({Kind.COLLECTION, Kind.TRANSPORT})


def check_words(*, matter: Matter, words: str, at: datetime) -> None:
    """Note what speaks against it at a moment (UTC), and tell head and lead of it once."""
    if matter.kind not in ABOUT_THE_WAY_HOME or matter.speaks_against:
        return
    why = _against(matter, words, at)
    if not why:
        return
    matter.speaks_against = why
    matter.save(update_fields=["speaks_against"])
    alert(
        matter.school,
        people.heads_and_keepers(matter.school, at),
        at,
        subject=_("A way home has to be looked at, at {school}").format(school=matter.school.name),
        page="for-today",
    )


def _against(matter: Matter, words: str, at: datetime) -> str:
    if matter.carer is not None:
        found = [
            against(carer=matter.carer, pupil=pupil, who=words, at=at)
            for pupil in _children_of(matter.carer, matter.pupil)
        ]
        return next(filter(None, found), Refused.NOT_REFUSED)
    hit = any(
        limited_named(pupil=pupil, words=words, at=at)
        for pupil in _children_named(matter.school, words)
    )
    return Refused.CHECK if hit else Refused.NOT_REFUSED


def _children_of(carer: Carer, about: Pupil | None) -> list[Pupil]:
    """The child that it is about, and every child to whom the writer has or had a link."""
    links = Link.objects.filter(carer=carer).values("pupil")
    found = {pupil.pk: pupil for pupil in Pupil.objects.filter(pk__in=links)}
    if about is not None:
        found[about.pk] = about
    return list(found.values())


def _children_named(school: School, words: str) -> list[Pupil]:
    """The children with an adult under an order whom words of nobody known may name."""
    said = words_of(words)
    ordered = Limit.objects.filter(school=school, lifted_at=None).values("link__pupil")
    return [
        pupil
        for pupil in Pupil.objects.filter(pk__in=ordered)
        if said & words_of(pupil.first_name, pupil.last_name, pupil.known_as)
    ]
