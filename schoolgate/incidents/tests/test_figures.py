"""The yearly figures: what the law counts, and nothing that stands for fewer than five families."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.conversations.tests.acting import actor_of
from schoolgate.incidents.actions.settling import Spoken, settle
from schoolgate.incidents.figures import One, Row, rows_of, rows_of_kind, year_of
from schoolgate.incidents.kinds import Kind
from schoolgate.incidents.tests.acting import tells, writes_down
from schoolgate.rehearsal.cast import Cast


def ones(month: int, families: range, *, hurt: bool = False, same_day: bool = True) -> list[One]:
    """One incident of each of some families."""
    return [One("restraint", month, one, hurt, 60, same_day) for one in families]


def of_month(rows: list[Row], name: str) -> Row:
    (found,) = [row for row in rows if row.month == name]
    return found


def november(cast: Cast) -> Row:
    """What the school restrained in November."""
    rows = [row for row in rows_of(cast.school, 2026) if row.kind == "restraint"]
    return of_month(rows, "November")


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 8, 31), 2026)],
)
def test_a_school_year_begins_on_the_first_of_september(day: date, year: int) -> None:
    assert year_of(day) == year


def test_five_families_are_a_figure_and_four_are_none() -> None:
    five = rows_of_kind("restraint", ones(11, range(5)))
    assert of_month(five, "November") == Row("restraint", "November", 5, 0, 5, 0, 60)
    four = rows_of_kind("restraint", ones(11, range(4)) * 3)
    assert of_month(four, "November").incidents is None
    assert of_month(four, "The whole year").incidents is None


def test_a_hidden_month_can_not_be_worked_out_from_the_year() -> None:
    found = [*ones(10, range(3)), *ones(11, range(10, 16)), *ones(12, range(20, 29))]
    rows = rows_of_kind("restraint", found)
    assert of_month(rows, "The whole year").incidents == 18
    assert of_month(rows, "October").incidents is None
    assert of_month(rows, "November").incidents is None  # else the year less the rest says three
    assert of_month(rows, "December").incidents == 9


def test_a_part_of_a_figure_is_left_out_where_it_or_its_rest_is_of_few() -> None:
    found = [*ones(11, range(6)), *ones(11, range(6, 8), hurt=True, same_day=False)]
    row = of_month(rows_of_kind("restraint", found), "November")
    assert (row.incidents, row.hurt, row.same_day, row.later) == (8, None, None, None)


def test_nothing_is_nought_and_hides_nothing() -> None:
    rows = rows_of_kind("restraint", ones(11, range(5)))
    assert of_month(rows, "May").incidents == 0


def test_what_the_law_does_not_count_is_in_no_figure(medway: Cast, now: datetime) -> None:
    for kind in Kind:
        writes_down(medway, "priya", "kuba", now, kind=kind.value)
    kinds = {row.kind for row in rows_of(medway.school, 2026)}
    assert kinds == {"force", "restraint", "seclusion", "suspension"}


def test_brothers_and_sisters_are_one_family(medway: Cast, now: datetime) -> None:
    for child in ("ivy", "max", "kuba", "noah", "amara"):
        tells(medway, "tom", writes_down(medway, "tom", child, now), now)
    found = november(medway)
    assert found.incidents is None  # five children of four families
    tells(medway, "tom", writes_down(medway, "tom", "leila", now), now)
    found = november(medway)
    assert (found.incidents, found.same_day, found.minutes) == (6, 6, 30)


def test_it_is_told_on_the_day_when_the_last_adult_was(medway: Cast, now: datetime) -> None:
    for child in ("ivy", "kuba", "noah", "amara", "leila"):
        incident = writes_down(medway, "tom", child, now)
        tells(medway, "tom", incident, now + timedelta(days=1))
    leo = writes_down(medway, "tom", "leo", now)
    telling = tells(medway, "tom", leo, now)["hal"]
    settle(
        actor=actor_of(medway, "tom"),
        member=medway.team["tom"],
        telling=telling,
        spoken=Spoken("call", "Told."),
        at=now + timedelta(days=2),
    )
    found = november(medway)
    assert (found.same_day, found.later) == (0, 6)


def test_the_year_before_is_another_year(medway: Cast) -> None:
    august = datetime(2026, 8, 31, 12, tzinfo=UTC)
    writes_down(medway, "tom", "kuba", august)
    assert {row.incidents for row in rows_of(medway.school, 2026)} == {0}
    assert None in {row.incidents for row in rows_of(medway.school, 2025)}


def test_while_one_adult_is_not_reached_it_is_not_told_on_the_day(
    medway: Cast, now: datetime
) -> None:
    for child in ("ivy", "kuba", "noah", "amara", "leila"):
        tells(medway, "tom", writes_down(medway, "tom", child, now), now)
    tells(medway, "tom", writes_down(medway, "tom", "leo", now), now)  # Hal has no way
    found = november(medway)
    assert (found.incidents, found.same_day, found.later) == (6, None, None)
