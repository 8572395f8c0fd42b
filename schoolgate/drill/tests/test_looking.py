"""What a drill looks through finds what is there: pages as people see them, parcels, rows."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.delivery.models import Content, Parcel
from schoolgate.drill.call_taking import keep_out, shown_to_call_takers, takes_the_call
from schoolgate.drill.days.protected_address import LINES
from schoolgate.drill.looking import page
from schoolgate.drill.report import Code
from schoolgate.drill.searching import class_told, stands_in
from schoolgate.drill.stage import CLASS, Stage, by_family, stage
from schoolgate.drill.tests.conftest import TUESDAY
from schoolgate.people.actions.describing import protect_address
from schoolgate.people.models import TeamMember
from schoolgate.rehearsal.cast import Cast


def somebody_writes(there: Stage, body: str) -> None:
    family = there.family
    start(
        actor=by_family(family.carer),
        carer=family.carer,
        words=Words(body=body, at=there.at),
        pupil=family.pupil,
        subject="Today",
    )


def named(there: Stage, at: datetime) -> set[Code]:
    (one,) = takes_the_call(there, at)
    return {fault.code for fault in shown_to_call_takers(there, one, at, LINES[0])}


def test_an_address_on_a_page_of_who_takes_the_call_is_found(in_order: Cast) -> None:
    with stage(in_order.school, TUESDAY) as there:
        protect_address(actor=by_family(there.family.carer), carer=there.family.carer, at=TUESDAY)
        keep_out(there, TUESDAY)
        somebody_writes(there, "When is the trip?")
        assert named(there, TUESDAY + timedelta(minutes=1)) == set()
        assert stands_in(there, LINES[0]) == []
        somebody_writes(there, f"We live at {LINES[0]}.")
        assert named(there, TUESDAY + timedelta(minutes=1)) == {Code.ADDRESS_SHOWN}
        assert "messages" in stands_in(there, LINES[0])


def test_whoever_takes_the_call_and_is_told_nothing_is_named(in_order: Cast) -> None:
    with stage(in_order.school, TUESDAY) as there:
        somebody_writes(there, "When is the trip?")
        assert named(there, TUESDAY) == {Code.NOT_WARNED}


def test_the_childs_class_in_what_leaves_is_found(in_order: Cast) -> None:
    with stage(in_order.school, TUESDAY) as there:
        assert class_told(there) == []
        content = Content.objects.create(
            school=there.school,
            purpose=Content.Purpose.RECEIPT,
            subject="Your email has reached us",
            text=f"Wren is in {CLASS}.",
            written_at=TUESDAY,
        )
        Parcel.objects.create(
            school=there.school,
            content=content,
            address="x@example.net",
            channel="email",
            posted_at=TUESDAY,
            next_try_at=TUESDAY,
        )
        assert class_told(there) == ["Your email has reached us"]


@pytest.mark.parametrize(("name", "there_for"), [("people", True), ("head", False)])
def test_a_page_is_there_for_those_whom_its_rule_admits(
    in_order: Cast, name: str, there_for: bool
) -> None:
    with stage(in_order.school, TUESDAY) as there:
        joan = TeamMember.objects.get(school=there.school, name="Joan Pike")
        priya = TeamMember.objects.get(school=there.school, name="Priya Nair")
        assert bool(page(there, joan, name, TUESDAY)) is there_for
        assert page(there, priya, name, TUESDAY) == ""
