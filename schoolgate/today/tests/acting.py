"""What the tests of this room do again and again, in words."""

import re
from datetime import datetime, time, timedelta

from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.models import Content
from schoolgate.people.models import ContactRoute, Pupil
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.actions.asking import Told, tell_school, write_urgently
from schoolgate.today.actions.collecting import Other
from schoolgate.today.kinds import Kind
from schoolgate.today.models import Collection, Matter

NUMBER = "07700 900321"


def child(cast: Cast, key: str) -> Pupil:
    """A child as they stand in the database."""
    return Pupil.objects.get(pk=cast.children[key].pk)


def tells(
    cast: Cast, carer: str, key: str, at: datetime, kind: Kind = Kind.ABSENCE, words: str = ""
) -> Matter:
    """A carer tells of today on the portal."""
    told = Told(kind, words=words)
    return tell_school(
        actor=actor_of(cast, carer),
        carer=cast.carers[carer],
        pupil=child(cast, key),
        told=told,
        at=at,
    )


def tells_any(cast: Cast, kind: Kind, at: datetime) -> Matter:
    """Ewa tells of Kuba, whatever it is."""
    if kind is Kind.URGENT:
        return write_urgently(
            actor=actor_of(cast, "ewa"),
            carer=cast.carers["ewa"],
            pupil=child(cast, "kuba"),
            told=Told(kind, words="He has no key."),
            at=at,
        )
    if kind is Kind.COLLECTION:
        return asks_to_collect(cast, "ewa", "kuba", at).matter
    return tells(cast, "ewa", "kuba", at, kind, "Some words.")


def asks_to_collect(
    cast: Cast,
    carer: str,
    key: str,
    at: datetime,
    *,
    who: str = "Maria Lis",
    known_device: bool = True,
) -> Collection:
    """A carer says on the portal that somebody else collects."""
    matter = tell_school(
        actor=actor_of(cast, carer),
        carer=cast.carers[carer],
        pupil=child(cast, key),
        told=Told(
            Kind.COLLECTION, other=Other(who, "aunt", time(15, 15)), known_device=known_device
        ),
        at=at,
    )
    return matter.collection


def has_number(
    cast: Cast, carer: str, since: datetime, value: str = NUMBER, kind: str = "mobile"
) -> ContactRoute:
    """A carer's number, verified at a moment."""
    return ContactRoute.objects.create(
        school=cast.school, carer=cast.carers[carer], kind=kind, value=value, verified_at=since
    )


def long_known(cast: Cast, carer: str, at: datetime) -> None:
    """A carer's routes were verified long ago."""
    ContactRoute.objects.filter(carer=cast.carers[carer]).update(
        verified_at=at - timedelta(days=90)
    )


def link_sent() -> str:
    """The token of the latest question that left."""
    text = Content.objects.filter(purpose="code").latest("pk").text
    found = re.search(r"/today/confirming/([^/]+)/", text)
    assert found
    return found[1]


def anything_asked() -> bool:
    """Whether any question left at all."""
    return Content.objects.filter(purpose="code").exists()
