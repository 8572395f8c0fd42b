"""What speaks against a change of who collects, at the moment that it is asked (decision 1).

Orders and limits on who asks, on whom is named, and who may not come onto the site. It is asked
again when it is confirmed and each time the list of the day is looked at. The answer has no
reasons: they are the head's and the safeguarding lead's to know.
"""

from datetime import datetime

from django.db.models import Exists, F, Q

from schoolgate.people.entitlement import limits_of_a_link, links_at
from schoolgate.people.holding import HeldSince
from schoolgate.people.letters import names_in
from schoolgate.people.limited import limited_named
from schoolgate.people.models import Carer, Pupil, Receives, SiteBar
from schoolgate.people.same_name import may_name
from schoolgate.today.models import Collection

Refused = Collection.Refused


def against(*, carer: Carer, pupil: Pupil, who: str, at: datetime) -> str:
    """Why it is refused at a moment (UTC), as a code; nothing where nothing speaks against it."""
    if not _may_decide(carer, pupil, at):
        return Refused.CHECK
    if _may_not_come(carer.school_id, who, at):
        return Refused.MAY_NOT_COME
    if limited_named(pupil=pupil, words=who, at=at):
        return Refused.CHECK
    return Refused.NOT_REFUSED


def _may_decide(carer: Carer, pupil: Pupil, at: datetime) -> bool:
    """Somebody of the family who collects, or hears all, without any order on them."""
    link = links_at(at, Receives.PROGRESS).filter(carer=carer, pupil=pupil)
    free = link.annotate(held=HeldSince(F("carer"), F("pupil"), at)).filter(held__isnull=True)
    limited = link.filter(Exists(limits_of_a_link(at)))
    return free.exists() and not carer.is_professional and not limited.exists()


def _may_not_come(school_id: int, who: str, at: datetime) -> bool:
    bars = SiteBar.objects.filter(
        Q(lifted_at=None) | Q(lifted_at__gt=at), school_id=school_id, begins_at__lte=at
    ).select_related("carer")
    return any(
        may_name(who, name)
        for bar in bars
        for name in filter(None, [bar.name, bar.carer.name if bar.carer else ""])
    )


def knows_a_child(carer: Carer, typed: str) -> bool:
    """Whether somebody has typed the first name of a child of a carer, as they may write it."""
    said = set(names_in(typed))
    children = Pupil.objects.filter(links__carer=carer)
    names = children.values_list("first_name", "known_as")
    return any(said & set(names_in(f"{first} {known_as}")) for first, known_as in names)
