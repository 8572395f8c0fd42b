"""Where nothing is wrong no drill names a fault."""

from datetime import date

import pytest

from schoolgate.drill.playing import DAYS, play
from schoolgate.drill.tests.conftest import WHEN, can_be_rung
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.models import Authority


@pytest.mark.parametrize("name", list(DAYS))
def test_a_school_that_is_in_order_hears_of_no_fault(in_order: Cast, name: str) -> None:
    report = play(name=name, school=in_order.school, at=WHEN[name])
    assert report.faults == []
    assert report.lines


@pytest.mark.parametrize("name", list(DAYS))
def test_so_does_a_school_whose_email_goes_by_isams(trent: Cast, name: str) -> None:
    for council in ("Staffordshire", "Walsall"):
        Authority.objects.create(
            school=trent.school,
            name=council,
            in_hours="01632 960004",
            out_of_hours="01632 960005",
            checked_on=date(2026, 11, 20),
            checked_by="Carol Nunn",
        )
    can_be_rung(trent)
    days = "\n".join(f'{day} = ["08:00-17:30"]' for day in ("mon", "tue", "wed", "thu", "fri"))
    trent.school.settings_text += f"\n[office_hours]\n{days}\n"
    trent.school.save()
    report = play(name=name, school=trent.school, at=WHEN[name])
    assert report.faults == []
    assert "email" not in {line.route for line in report.lines if not line.member} or (
        name == "mail-host-down"
    )


def test_whom_nothing_reaches_stands_on_the_list_and_nobody_who_is_held_back(
    in_order: Cast,
) -> None:
    report = play(name="hold", school=in_order.school, at=WHEN["hold"])
    (listed,) = [note for note in report.notes if "whom to ring" in note]
    assert listed.endswith(
        "At Friday 27 November, 17:30 these stand on the list of whom to ring: "
        "Rowan Hollis (fictional)."
    )
    assert "Cole" not in " ".join([*report.notes, *[one.who for one in report.lines]])


def test_whoever_takes_the_call_is_named_and_told_to_be_careful(in_order: Cast) -> None:
    report = play(name="protected-address", school=in_order.school, at=WHEN["protected-address"])
    assert [one.who for one in report.lines if "Check who may read" in one.what] == ["Joan Pike"]
