"""Each fault that is planted in a school's settings or rows is named by a drill, and it alone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from schoolgate.delivery.models import Content, Parcel
from schoolgate.drill.playing import play
from schoolgate.drill.report import Code
from schoolgate.drill.tests.conftest import SATURDAY_NIGHT, WHEN
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.models import (
    Absence,
    Carer,
    ContactRoute,
    Household,
    HouseholdStay,
    Link,
    Receives,
    RoleHolding,
    TeamMember,
)
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.models import Authority, OnCall, RotaGap
from schoolgate.school.models import School

NOW = datetime.fromisoformat("2026-11-23T10:00+00:00")


def codes(school: School, name: str) -> set[Code]:
    return {fault.code for fault in play(name=name, school=school, at=WHEN[name]).faults}


def takes_role(cast: Cast, *roles: str) -> None:
    RoleHolding.objects.filter(school=cast.school, role__in=roles).update(until=NOW)


def is_away(cast: Cast, key: str, cover: str = "") -> None:
    Absence.objects.create(
        school=cast.school,
        member=cast.team[key],
        from_at=NOW,
        cover=cast.team.get(cover),
        no_cover_because="" if cover else "nobody was free",
        recorded_by="Joan Pike",
        recorded_at=NOW,
    )


def writes_settings(cast: Cast, old: str, new: str) -> None:
    assert old in cast.school.settings_text
    cast.school.settings_text = cast.school.settings_text.replace(old, new)
    cast.school.save()


def no_deputy(cast: Cast) -> None:
    takes_role(cast, "deputy_dsl")


def rota_with_a_gap(cast: Cast) -> None:
    OnCall.objects.filter(school=cast.school).update(until_at=SATURDAY_NIGHT)


def dead_number(cast: Cast) -> None:
    Authority.objects.filter(name="Kent").update(out_of_hours="ask Joan")


def stale_number(cast: Cast) -> None:
    Authority.objects.filter(name="Kent").update(checked_on=date(2026, 9, 1))


def no_number(cast: Cast) -> None:
    Authority.objects.filter(name="Bexley").delete()


def no_address(cast: Cast) -> None:
    TeamMember.objects.filter(pk=cast.team["sam"].pk).update(email="")


def private_address(cast: Cast) -> None:
    TeamMember.objects.filter(pk=cast.team["sam"].pk).update(email="sam@home.example.net")


def head_without_cover(cast: Cast) -> None:
    is_away(cast, "ruth")


def nobody_holds_the_office(cast: Cast) -> None:
    takes_role(cast, "office")


def office_is_away(cast: Cast) -> None:
    is_away(cast, "joan", cover="tom")


def the_office_takes_its_time(cast: Cast) -> None:
    writes_settings(cast, "seen_within = 15", "seen_within = 180")


def nobody_leads_the_group(cast: Cast) -> None:
    takes_role(cast, "group_lead")


def a_number_that_failed(cast: Cast) -> None:
    ContactRoute.objects.create(
        school=cast.school,
        carer=cast.carers["nina"],
        kind="mobile",
        value="+44 7700 900111",
        failing_since=NOW,
    )


def an_address_kept(cast: Cast) -> None:
    home = Household.objects.create(school=cast.school, name="Saab", address="1 Some Street")
    HouseholdStay.objects.create(
        school=cast.school, household=home, carer=cast.carers["rania"], since=NOW.date()
    )
    assert Carer.objects.get(pk=cast.carers["rania"].pk).protected_address


def the_group_lead_helps_in_the_office(cast: Cast) -> None:
    RoleHolding.objects.create(
        school=cast.school, member=cast.team["grace"], role="office", since=NOW
    )


def a_mailbox_that_both_had_before_the_order(cast: Cast) -> None:
    hers = cast.carers["rania"].routes.get(kind="email")
    other = another_adult(cast)
    begin_limit(
        actor=SYSTEM,
        link=other.links.get(),
        at_most=Receives.GENERAL,
        says="General news alone.",
        at=NOW,
    )
    ContactRoute.objects.create(
        school=cast.school,
        carer=other,
        kind="email",
        value=hers.value.upper(),
        verified_at=NOW,
    )


def the_other_parent_works_in_the_office(cast: Cast) -> None:
    other = another_adult(cast)
    Carer.objects.filter(pk=other.pk).update(user_id=cast.team["joan"].user_id)


def another_adult(cast: Cast) -> Carer:
    """Another adult of the child whose mother's address is protected."""
    child = cast.carers["rania"].links.get().pupil
    other = Carer.objects.create(school=cast.school, name="Sami Saab")
    Link.objects.create(school=cast.school, pupil=child, carer=other, relationship="parent")
    return other


def nobody_holds_the_lead(cast: Cast) -> None:
    takes_role(cast, "dsl", "deputy_dsl")


def lead_and_deputy_are_away(cast: Cast) -> None:
    is_away(cast, "helen", cover="tom")
    is_away(cast, "sam", cover="tom")


def no_home_time_on_fridays(cast: Cast) -> None:
    old = next(one for one in cast.school.settings_text.splitlines() if "home_time =" in one)
    writes_settings(cast, old, "")
    days = "".join(f'{day} = "15:30"\n' for day in ("mon", "tue", "wed", "thu"))
    cast.school.settings_text += f"\n[home_time]\n{days}"
    cast.school.save()


def a_parent_with_no_way(cast: Cast) -> None:
    ContactRoute.objects.filter(carer=cast.carers["ewa"]).update(ended_at=NOW)


def head_leads_the_group_too(cast: Cast) -> None:
    takes_role(cast, "group_lead")
    RoleHolding.objects.create(
        school=cast.school, member=cast.team["ruth"], role="group_lead", since=NOW
    )


def whoever_is_on_call_is_away(cast: Cast) -> None:
    is_away(cast, "helen", cover="sam")


def an_email_that_did_not_arrive(cast: Cast) -> None:
    content = Content.objects.create(
        school=cast.school, purpose="alert", subject="Look", text="Look", written_at=NOW
    )
    Parcel.objects.create(
        school=cast.school,
        content=content,
        member=cast.team["sam"],
        channel="email",
        state="failed",
        posted_at=NOW,
        next_try_at=NOW,
        ended_at=NOW,
    )


PLANTED: list[tuple[str, Callable[[Cast], None], set[Code]]] = [
    ("disclosure", no_deputy, {Code.ROLE_UNHELD}),
    ("disclosure", rota_with_a_gap, {Code.ROTA_GAP}),
    ("disclosure", dead_number, {Code.DEAD_NUMBER}),
    ("disclosure", stale_number, {Code.STALE_NUMBER}),
    ("disclosure", no_number, {Code.NO_NUMBER}),
    ("disclosure", no_address, {Code.ADDRESS}),
    ("disclosure", private_address, {Code.ADDRESS}),
    ("disclosure", head_without_cover, {Code.NO_COVER}),
    ("disclosure", whoever_is_on_call_is_away, {Code.ROTA_GAP}),
    ("disclosure", an_email_that_did_not_arrive, {Code.ADDRESS}),
    ("head-away", head_without_cover, {Code.NO_COVER}),
    ("head-away", head_leads_the_group_too, {Code.NOBODY_TOLD}),
    ("head-away", nobody_leads_the_group, {Code.ROLE_UNHELD, Code.NOBODY_TOLD}),
    ("taxi", nobody_holds_the_office, {Code.ROLE_UNHELD, Code.OFFICE_EMPTY}),
    ("taxi", office_is_away, {Code.OFFICE_EMPTY}),
    ("taxi", the_office_takes_its_time, {Code.TOO_LATE}),
    ("hold", nobody_holds_the_lead, {Code.ROLE_UNHELD, Code.NOBODY_TOLD}),
    ("hold", lead_and_deputy_are_away, {Code.NOBODY_TOLD}),
    ("hold", no_home_time_on_fridays, {Code.HOME_TIME_NOT_SET}),
    ("hold", a_parent_with_no_way, {Code.NO_ROUTE}),
    ("hold", head_without_cover, {Code.NO_COVER}),
    ("mail-host-down", a_number_that_failed, {Code.DEAD_NUMBER}),
    ("protected-address", an_address_kept, {Code.ADDRESS_KEPT}),
    ("protected-address", the_group_lead_helps_in_the_office, {Code.FROM_ABOVE}),
    ("protected-address", a_mailbox_that_both_had_before_the_order, {Code.ROUTE_LEFT_SAFE}),
    ("protected-address", the_other_parent_works_in_the_office, {Code.OWN_FAMILY}),
    ("protected-address", office_is_away, {Code.OFFICE_EMPTY}),
]


@pytest.mark.parametrize(
    ("name", "plant", "named"), PLANTED, ids=[f"{n}-{p.__name__}" for n, p, _ in PLANTED]
)
def test_what_is_planted_is_named_and_nothing_else(
    in_order: Cast, name: str, plant: Callable[[Cast], None], named: set[Code]
) -> None:
    plant(in_order)
    assert codes(in_order.school, name) == named


def test_one_person_alone_with_no_deputy_is_named(in_order: Cast) -> None:
    takes_role(in_order, "deputy_dsl", "head")
    assert Code.ONE_TOLD in codes(in_order.school, "disclosure")


def test_nobody_at_all_is_named(in_order: Cast) -> None:
    takes_role(in_order, "deputy_dsl", "head", "dsl", "group_lead")
    assert Code.NOBODY_TOLD in codes(in_order.school, "disclosure")


@pytest.mark.clause("2.1-M2a")
def test_no_plain_email_leaves_before_the_day_that_the_head_has_named(trent: Cast) -> None:
    trent.school.settings_text += (
        '\n[isams_variation]\nrecorded_by = "Marcus Webb"\nrecorded_on = 2027-01-11\n'
        "portal_counts_as_parent_portal = true\n"
    )
    trent.school.save()
    assert Code.WRONG_ROUTE not in codes(trent.school, "mail-host-down")


def test_an_installation_that_sends_no_texts_has_no_other_way(
    in_order: Cast, settings: Any
) -> None:
    settings.SMS_URLS = ()
    assert codes(in_order.school, "mail-host-down") == {Code.NO_OTHER_WAY}


def test_a_gap_that_was_accepted_with_a_reason_is_no_fault(in_order: Cast) -> None:
    rota_with_a_gap(in_order)
    RotaGap.objects.create(
        school=in_order.school,
        begins_at=SATURDAY_NIGHT,
        ends_at=SATURDAY_NIGHT + timedelta(hours=32, minutes=30),
        seen_at=NOW,
        accepted_at=NOW,
        accepted_by=in_order.team["ruth"],
        accepted_because="The group's own line is staffed.",
    )
    found = play(name="disclosure", school=in_order.school, at=SATURDAY_NIGHT).faults
    assert [fault.sentence for fault in found if "28 November" in fault.sentence] == []
