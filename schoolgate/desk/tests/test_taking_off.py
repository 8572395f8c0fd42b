"""What is taken off somebody: said by name, with a reason, and taken back the same day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.bars import bar_from_site
from schoolgate.people.actions.describing import protect_address
from schoolgate.people.actions.grouping import begin_helping, join_class
from schoolgate.people.actions.joining import NewLink, link_carer
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.actions.routes import add_number
from schoolgate.people.actions.safe_routes import begin_no_safe_route
from schoolgate.people.actions.taking_off import What, take_back, take_off
from schoolgate.people.entitlement import may_receive
from schoolgate.people.errors import EndReasonMissing, NotThatDay, StandsDifferently
from schoolgate.people.models import (
    Carer,
    ClassPlace,
    ContactRoute,
    Ending,
    Group,
    GroupHelper,
    Limit,
    Link,
    NoSafeRoute,
    Receives,
    SiteBar,
)
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

BECAUSE = "The family told us at the gate."
AT = "/medway-green/"
# The page to end it, who may, a name that stands on it, and whether it stands.
Case = tuple[str, str, str, Callable[[], bool]]


@pytest.fixture
def here(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """Both schools."""
    see(school_id=medway.school.pk)
    return medway, trent


def a_link(cast: Cast, at: datetime) -> Case:
    link = Link.objects.get(carer=cast.carers["ewa"], pupil=cast.children["kuba"])
    stands = lambda: Link.objects.get(pk=link.pk).ended_at is None  # noqa: E731
    return f"people/links/{link.pk}/end/", "joan", cast.carers["ewa"].name, stands


def a_number(cast: Cast, at: datetime) -> Case:
    ewa = cast.carers["ewa"]
    route = add_number(
        actor=actor_of(cast, "joan"),
        carer=ewa,
        kind=ContactRoute.Kind.MOBILE,
        number="07700 900123",
        at=at,
    )
    stands = lambda: ContactRoute.objects.get(pk=route.pk).ended_at is None  # noqa: E731
    return f"people/{ewa.public_id}/numbers/end/?route={route.pk}", "joan", ewa.name, stands


def a_protection(cast: Cast, at: datetime) -> Case:
    nina = cast.carers["nina"]
    protect_address(actor=actor_of(cast, "joan"), carer=nina, at=at)
    stands = lambda: Carer.objects.get(pk=nina.pk).protected_address  # noqa: E731
    return f"people/{nina.public_id}/protection/end/", "helen", nina.name, stands


def send_nothing(cast: Cast, at: datetime) -> Case:
    ewa = cast.carers["ewa"]
    begin_no_safe_route(
        actor=actor_of(cast, "joan"), carer=ewa, held_by=cast.team["sam"], words="At pick-up", at=at
    )
    stands = lambda: NoSafeRoute.objects.get(carer=ewa).ended_at is None  # noqa: E731
    return f"people/{ewa.public_id}/no-route/end/", "joan", ewa.name, stands


def a_limit(cast: Cast, at: datetime) -> Case:
    limit = Limit.objects.get(link__carer=cast.carers["piotr"])
    stands = lambda: Limit.objects.get(pk=limit.pk).lifted_at is None  # noqa: E731
    return f"limits/{limit.pk}/lifting/", "ruth", cast.carers["piotr"].name, stands


def a_bar(cast: Cast, at: datetime) -> Case:
    ruth = cast.team["ruth"]
    bar = bar_from_site(actor=actor_of(cast, "ruth"), member=ruth, name="Paweł Król", at=at)
    stands = lambda: SiteBar.objects.get(pk=bar.pk).lifted_at is None  # noqa: E731
    return f"site-bars/{bar.public_id}/end/", "ruth", "Paweł Król", stands


def a_class(cast: Cast, at: datetime) -> Case:
    kuba = cast.children["kuba"]
    drama = Group.objects.create(school=cast.school, name="Drama", kind="class")
    join_class(actor=actor_of(cast, "joan"), pupil=kuba, group=drama, at=at)
    stands = ClassPlace.objects.filter(pupil=kuba, group=drama).exists
    return f"people/{kuba.public_id}/classes/end/?group={drama.pk}", "joan", "Drama", stands


def a_helper(cast: Cast, at: datetime) -> Case:
    lena, oak = cast.team["lena"], cast.groups["Oak"]
    begin_helping(actor=actor_of(cast, "joan"), member=lena, group=oak, at=at)
    stands = GroupHelper.objects.filter(member=lena, group=oak).exists
    return f"people/{lena.public_id}/helping/end/?group={oak.pk}", "joan", lena.name, stands


CASES = [a_link, a_number, a_protection, send_nothing, a_limit, a_bar, a_class, a_helper]


def of(here: tuple[Cast, Cast], key: str) -> Client:
    """Somebody's browser."""
    return enter(key, *here)[0]


@pytest.mark.parametrize("case", CASES)
def test_what_ends_is_said_by_name_has_a_reason_and_is_taken_back_that_day(
    here: tuple[Cast, Cast], now: datetime, case: Callable[[Cast, datetime], Case]
) -> None:
    cast = here[0]
    page, key, name, stands = case(cast, now)
    client = of(here, key)
    said = client.get(f"{AT}{page}").content.decode()
    assert name in said and "can be taken back" in said
    for nothing in ("", " "):
        typed = _as_typed(page) | {"because": nothing}
        assert client.post(f"{AT}{page}", typed).status_code == 422
    see(school_id=cast.school.pk)
    assert stands(), "A look and a press without a reason end nothing."
    where = client.post(f"{AT}{page}", _as_typed(page) | {"because": BECAUSE})["Location"]
    see(school_id=cast.school.pk)
    assert not stands()
    ending = Ending.objects.get()
    assert (ending.because, ending.by) == (BECAUSE, cast.team[key])
    assert "Ended today" in client.get(where).content.decode()
    undoing = f"{AT}people/endings/{ending.public_id}/undoing/"
    for other in ("priya", "sam"):
        assert of(here, other).post(undoing).status_code == 404
    client.post(undoing)
    see(school_id=cast.school.pk)
    assert stands()
    assert "Ended today" not in client.get(where).content.decode()
    see(school_id=cast.school.pk)
    assert BECAUSE not in str(list(Entry.objects.values_list("facts", flat=True)))


def _as_typed(page: str) -> dict[str, str]:
    """What the page's form carries along."""
    return dict([page.split("?")[1].split("=")]) if "?" in page else {}


def ends(cast: Cast, at: datetime) -> Ending:
    """The office ends Ewa's link with Kuba."""
    link = Link.objects.get(carer=cast.carers["ewa"], pupil=cast.children["kuba"])
    what = What(Ending.Kind.LINK, link.pk, carer=link.carer, pupil=link.pupil)
    joan = cast.team["joan"]
    return take_off(actor=actor_of(cast, "joan"), member=joan, what=what, because=BECAUSE, at=at)


def takes_back(cast: Cast, ending: Ending, at: datetime) -> None:
    take_back(actor=actor_of(cast, "joan"), member=cast.team["joan"], ending=ending, at=at)


def hears(cast: Cast, at: datetime) -> bool:
    """Whether Ewa may hear of Kuba."""
    ewa, kuba = cast.carers["ewa"], cast.children["kuba"]
    return may_receive(carer=ewa, pupil=kuba, level=Receives.PROGRESS, at=at)


def test_it_is_taken_back_until_the_schools_midnight_and_not_after(
    medway: Cast, now: datetime
) -> None:
    zone = ZoneInfo(medway.school.settings.timezone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    midnight += timedelta(days=1)
    ending = ends(medway, now)
    with pytest.raises(NotThatDay):
        takes_back(medway, ending, midnight)
    assert not hears(medway, midnight)
    takes_back(medway, ending, midnight - timedelta(microseconds=1))
    assert hears(medway, midnight)


def test_a_limit_that_came_in_between_holds_when_the_link_stands_again(
    medway: Cast, now: datetime
) -> None:
    ending = ends(medway, now)
    link = Link.objects.get(pk=ending.row)
    begin_limit(
        actor=actor_of(medway, "joan"), link=link, at_most=Receives.NOTHING, says="Order", at=now
    )
    takes_back(medway, ending, now)
    assert not hears(medway, now)


def test_what_was_entered_anew_since_stays_as_it_is(medway: Cast, now: datetime) -> None:
    ending = ends(medway, now)
    new = NewLink(relationship="mother", receives=Receives.GENERAL)
    ewa, kuba = medway.carers["ewa"], medway.children["kuba"]
    link_carer(actor=actor_of(medway, "joan"), carer=ewa, pupil=kuba, new=new, at=now)
    with pytest.raises(StandsDifferently):
        takes_back(medway, ending, now)
    assert not hears(medway, now)


def test_without_a_reason_nothing_ends(medway: Cast, now: datetime) -> None:
    what = What(Ending.Kind.PROTECTION, 0, carer=medway.carers["nina"])
    with pytest.raises(EndReasonMissing):
        take_off(
            actor=actor_of(medway, "helen"),
            member=medway.team["helen"],
            what=what,
            because=" \0 ",
            at=now,
        )
