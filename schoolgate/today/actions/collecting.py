"""Who collects: asked for, confirmed on a route that was known before, refused, decided.

Nothing is acted on before it is confirmed: until then the child stays with the school, or goes
home as always (decision 1, threats T1 and T10).
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import post_code
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM, Actor
from schoolgate.people.models import ContactRoute, TeamMember
from schoolgate.today import people
from schoolgate.today.actions.telling import alert
from schoolgate.today.checking import Refused, against
from schoolgate.today.errors import NotAnyMore, NotThisNumber, ReasonNeeded
from schoolgate.today.models import Collection, Matter
from schoolgate.today.routes import to_ask, to_ring
from schoolgate.today.states import Collecting, Collects, collecting_after

SALT = "schoolgate.today.collection"
LINK_LASTS = timedelta(hours=24)


@dataclass(frozen=True)
class Other:
    """Who collects, in the family's words; `at` by the school's clock."""

    who: str
    relationship: str = ""
    at: time | None = None

    def in_words(self) -> str:
        """The person with who they are to the child."""
        return (
            f"{self.who.strip()} ({self.relationship.strip()})" if self.relationship else self.who
        )


@transaction.atomic
def ask_for_collection(
    *, actor: Actor, matter: Matter, other: Other, known_device: bool, at: datetime
) -> Collection:
    """Write down who is to collect, and ask on a known route whether it is so (UTC).

    What speaks against it refuses it at once, and the head and the safeguarding lead are told;
    the family reads the same words as while it waits.
    """
    assert matter.pupil is not None  # it is always about one child of theirs
    assert matter.carer is not None
    collection = Collection.objects.create(
        school=matter.school,
        matter=matter,
        pupil=matter.pupil,
        carer=matter.carer,
        day=matter.day,
        who=" ".join(other.who.split())[:120],
        relationship=" ".join(other.relationship.split())[:80],
        at=other.at,
    )
    _record(actor, "asked who collects", collection, at)
    if check_again(collection=collection, at=at):
        return collection
    route = to_ask(
        matter.carer,
        came_at=matter.came_at,
        channel=matter.channel,
        known_device=known_device,
        email_leaves=matter.school.settings.codes_may_be_emailed(at),
    )
    if route is not None:
        _send_question(collection, route, at)
    return collection


@transaction.atomic
def confirm_by_link(*, token: str, at: datetime) -> Collection:
    """Confirm by the link that went to a known route (UTC); looked at again at this moment.

    Raises NotAnyMore when the link is another's, used, too old, or something speaks against it.
    """
    collection, route = read_link(token, at)
    collection = _locked(collection)
    if collection.asked_route_id != route.pk or route.ended_at or route.failing_since:
        raise NotAnyMore
    return _confirm(SYSTEM, collection, route=route, member=None, at=at)


@transaction.atomic
def deny_by_link(*, token: str, at: datetime) -> Collection:
    """The person of a known route says that they did not ask: refused at once, and told (UTC).

    Raises NotAnyMore.
    """
    collection, _route = read_link(token, at)
    return _refuse(_locked(collection), Refused.CHECK, at)


@transaction.atomic
def confirm_by_ringing(
    *,
    actor: Actor,
    member: TeamMember,
    collection: Collection,
    route: ContactRoute,
    at: datetime,
) -> Collection:
    """The office rang a number that it knew before, and the carer said so (UTC).

    Raises NotThisNumber, NotAnyMore.
    """
    collection = _locked(collection)
    if route not in to_ring(collection.carer, collection.matter.came_at):
        raise NotThisNumber
    return _confirm(actor, collection, route=route, member=member, at=at)


@transaction.atomic
def decide(
    *, actor: Actor, member: TeamMember, collection: Collection, because: str, at: datetime
) -> Collection:
    """The head or safeguarding lead lets a refused one be, with a reason that they keep (UTC).

    Raises ReasonNeeded, NotAnyMore.
    """
    if not because.strip():
        raise ReasonNeeded
    collection = _locked(collection)
    collection.state = collecting_after(collection.state, Collects.DECIDED)
    collection.confirmed_by, collection.confirmed_at = member, at
    collection.decided_because = because.strip()[:300]
    collection.save()
    _record(actor, "decided who collects", collection, at)
    return collection


@transaction.atomic
def take_back_collection(*, actor: Actor, collection: Collection, at: datetime) -> Collection:
    """The family takes it back (UTC). Raises NotAnyMore."""
    collection = _locked(collection)
    collection.state = collecting_after(collection.state, Collects.TAKEN_BACK)
    collection.save(update_fields=["state"])
    _record(actor, "took back who collects", collection, at)
    return collection


@transaction.atomic
def check_again(*, collection: Collection, at: datetime) -> bool:
    """Whether something speaks against it at this moment (UTC): then it is refused, and told.

    What the head has decided stays decided until something else speaks against it.
    """
    collection = _locked(collection)
    if collection.state not in {Collecting.WAITING, Collecting.CONFIRMED}:
        return collection.state == Collecting.REFUSED
    why = against(carer=collection.carer, pupil=collection.pupil, who=collection.who, at=at)
    if not why or (collection.decided_because and why == collection.refused):
        return False
    _refuse(collection, why, at)
    return True


def read_link(token: str, at: datetime) -> tuple[Collection, ContactRoute]:
    """What a link was made for, and the route that it went to. Raises NotAnyMore."""
    try:
        number, route, asked = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotAnyMore from None
    found = Collection.objects.filter(matter__public_id=number).first()
    if found is None or found.asked_at is None or int(found.asked_at.timestamp()) != asked:
        raise NotAnyMore
    if at - found.asked_at > LINK_LASTS or found.day < at.date() - timedelta(days=1):
        raise NotAnyMore
    to = ContactRoute.objects.filter(pk=route, carer=found.carer).first()
    if to is None:
        raise NotAnyMore
    return found, to


def _send_question(collection: Collection, route: ContactRoute, at: datetime) -> None:
    """A link without a child's name; it leaves at once, and its words are wiped afterwards."""
    collection.asked_route, collection.asked_at = route, at
    collection.save(update_fields=["asked_route", "asked_at"])
    token = signing.dumps(
        [str(collection.matter.public_id), route.pk, int(at.timestamp())], salt=SALT
    )
    school = collection.school
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.CODE,
        subject=_("Please confirm something for today"),
        text=_("Did you ask for something for today? Please look and say: {page}").format(
            page=f"{settings.PUBLIC_ADDRESS}/{school.slug}/today/confirming/{token}/"
        ),
        written_at=at,
    )
    channel = Parcel.Channel.SMS if route.kind == ContactRoute.Kind.MOBILE else Parcel.Channel.EMAIL
    post_code(content=content, address=route.value, at=at, channel=channel)


def _refuse(collection: Collection, why: str, at: datetime) -> Collection:
    """Refused, and the head and the safeguarding lead are told, by an email without a name."""
    collection.state = collecting_after(collection.state, Collects.REFUSED)
    collection.refused, collection.refused_at = why, at
    collection.save(update_fields=["state", "refused", "refused_at"])
    _record(SYSTEM, "refused who collects", collection, at)
    if collection.matter.speaks_against and collection.matter.came_at == at:
        return collection  # its words have just told them
    alert(
        collection.school,
        people.heads_and_keepers(collection.school, at),
        at,
        subject=_("Who collects has to be looked at, at {school}").format(
            school=collection.school.name
        ),
        page="for-today/pick-ups",
    )
    return collection


def _confirm(
    actor: Actor,
    collection: Collection,
    *,
    route: ContactRoute,
    member: TeamMember | None,
    at: datetime,
) -> Collection:
    if check_again(collection=collection, at=at):
        return _locked(collection)  # refused; the family reads the same words as while it waits
    collection.state = collecting_after(collection.state, Collects.CONFIRMED)
    collection.confirmed_by_route, collection.confirmed_by = route, member
    collection.confirmed_at = at
    collection.save()
    _record(actor, "confirmed who collects", collection, at)
    return collection


def _locked(collection: Collection) -> Collection:
    return (
        Collection.objects.select_for_update(of=("self",))
        .select_related("school", "matter", "pupil", "carer__school")
        .get(pk=collection.pk)
    )


def _record(actor: Actor, verb: str, collection: Collection, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=collection.school_id,
        about=("for today", collection.matter.public_id),
        at=at,
    )
