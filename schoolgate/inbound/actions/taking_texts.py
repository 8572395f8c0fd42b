"""Taking a text: its bytes become a row, and all that follows, in one transaction.

One number may serve several schools, so that a text is looked for where its sender is known.
"""

import logging
from datetime import datetime

from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from schoolgate.inbound.actions.following import follow
from schoolgate.inbound.actions.placing_texts import place_text
from schoolgate.inbound.errors import CannotTakeNow
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.queries_texts import last_texted_at
from schoolgate.inbound.telephone.keywords import wish_in
from schoolgate.inbound.telephone.reading import FromTelephone, read_text
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import OUTSIDE
from schoolgate.people.queries import carers_with_number
from schoolgate.school import files
from schoolgate.school.errors import StorageFull
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

logger = logging.getLogger(__name__)


def take_text(*, school: School, provider: str, content: bytes, at: datetime) -> Arrival | None:
    """Keep one text and put it in its place; received `at` (UTC). Nothing new for a repeat.

    `school` is the one to whose hook it came. Raises CannotTakeNow when the database is away or
    the disk is full: then nothing is kept, and the provider comes again.
    """
    text = read_text(provider, content)
    try:
        taken = [_take(one, text, content, at) for one in _schools_of(school, text, at)]
    except (OperationalError, InterfaceError, StorageFull) as away:
        logger.warning("A text was put off: %s", away)
        raise CannotTakeNow from away
    return next(filter(None, taken), None)


def _take(school: School, text: FromTelephone, content: bytes, at: datetime) -> Arrival | None:
    with one_school(school.pk):
        arrival = store(school, text, content, at, way=Arrival.Way.TEXT)
        if arrival:
            follow(arrival, text.as_mail(), lambda kept, _mail: place_text(kept, text))
    return arrival


def store(
    school: School, told: FromTelephone, content: bytes, at: datetime, *, way: str
) -> Arrival | None:
    """The row of what is new here, else nothing; in the caller's transaction (UTC)."""
    if Arrival.objects.filter(school=school, key=told.key).exists():
        return None
    stored = files.keep(school=school, content=content)
    try:
        with transaction.atomic():
            arrival = Arrival.objects.create(
                school=school,
                way=way,
                key=told.key,
                stored=stored,
                envelope_from=told.number or told.sender,
                envelope_to=told.to,
                received_at=at,
            )
    except IntegrityError:
        # The same one on two connections at once: the other has it.
        return None
    record(
        actor=OUTSIDE,
        verb=f"{way} came",
        school_id=school.pk,
        about=(way, arrival.public_id),
        at=at,
    )
    return arrival


def _schools_of(here: School, text: FromTelephone, at: datetime) -> list[School]:
    """Where the sender is known, for STOP all of them; else where it came."""
    found = _knowing(here, text, at)
    if wish_in(text.words) and found:
        return [school for _last, school in found]
    return [_one_of(found) if found else here]


def school_of(here: School, told: FromTelephone, at: datetime) -> School:
    """Where the one who rang is known; of two, the school that texted them last."""
    found = _knowing(here, told, at)
    return _one_of(found) if found else here


def _knowing(
    here: School, text: FromTelephone, at: datetime
) -> list[tuple[datetime | None, School]]:
    """The schools where somebody uses this number, and when each texted them last."""
    found = []
    for school in [here, *School.objects.exclude(pk=here.pk).order_by("pk")]:
        with one_school(school.pk):
            known = carers_with_number(school_id=school.pk, number=text.number, at=at)
            if known:
                found.append((last_texted_at(known), school))
    return found


def _one_of(found: list[tuple[datetime | None, School]]) -> School:
    """The one that texted them last; else the one to whose hook it came."""
    texted = [(last, school) for last, school in found if last]
    return max(texted, key=lambda one: one[0])[1] if texted else found[0][1]
