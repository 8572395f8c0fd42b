"""The head's page of drills, one report to print, and the command."""

import pytest
from django.test import Client

from config.tests.verbs import schoolgate
from config.verbs import drill_inside
from config.verbs.drill import NAMES
from schoolgate.announcements.tests.entering import enters
from schoolgate.drill.playing import DAYS
from schoolgate.rehearsal.cast import Cast

HERE = "/medway-green/drills/"


@pytest.mark.parametrize("name", list(DAYS))
def test_the_head_plays_each_day_and_reads_where_it_fails(medway: Cast, name: str) -> None:
    client = enters(medway, "ruth")
    listed = client.get(HERE).text
    assert f"{HERE}{name}/" in listed
    page = client.get(f"{HERE}{name}/", {"at": "2026-11-28T23:00"})
    assert page.status_code == 200
    assert "Saturday 28 November, 23:00" in page.text
    assert "Where it fails" in page.text and "(fictional)" in page.text


def test_a_fault_stands_on_the_page_with_what_to_do(medway: Cast) -> None:
    page = enters(medway, "ruth").get(f"{HERE}disclosure/").text
    assert "No number of children’s services is kept for Kent." in page
    assert "Write it down on the page Councils’ numbers." in page


def test_a_moment_that_is_none_is_the_usual_one(medway: Cast) -> None:
    page = enters(medway, "ruth").get(f"{HERE}disclosure/", {"at": "soon"}).text
    assert "23:00" in page


@pytest.mark.parametrize("key", ["tom", "helen", "joan", "priya", "ewa", "grace"])
def test_nobody_but_the_head_has_it(medway: Cast, key: str) -> None:
    client = enters(medway, key)
    for address in (HERE, f"{HERE}disclosure/"):
        assert client.get(address).status_code == 404


def test_an_outsider_has_it_least_of_all(medway: Cast, trent: Cast) -> None:
    client = enters(trent, "marcus")
    assert client.get(HERE).status_code == 404
    assert client.get(f"{HERE}disclosure/").status_code == 404
    assert Client().get(HERE).status_code == 302


def test_there_is_no_drill_of_another_name(medway: Cast) -> None:
    assert enters(medway, "ruth").get(f"{HERE}earthquake/").status_code == 404


def test_the_command_prints_sentences_and_ends_with_1_where_it_fails(
    medway: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    code = drill_inside.drill("disclosure", slug="medway-green", at="2026-11-28T23:00")
    said = capsys.readouterr().out
    assert code == 1
    assert said.startswith("A disclosure on a Saturday at 23:00. Medway Green School")
    assert "  Saturday 28 November, 23:00: Helen Okafor: Please sign in to Schoolgate now" in said
    assert "  1. No number of children’s services is kept for Bexley.\n" in said


def test_the_command_ends_with_0_where_nothing_fails(
    in_order: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drill_inside.drill("disclosure", slug="", at="2026-11-28T23:00") == 0
    assert capsys.readouterr().out.endswith("Nothing was found to fail.\n")


def test_the_command_says_what_it_does_not_know(
    medway: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drill_inside.drill("taxi", slug="nowhere", at="") == 2
    assert drill_inside.drill("taxi", slug="medway-green", at="soon") == 2
    said = capsys.readouterr().err
    assert "There are: medway-green." in said and "2026-11-28T23:00" in said


def test_the_command_and_the_page_know_the_same_days() -> None:
    assert set(DAYS) == set(NAMES)
    assert schoolgate("drill", "earthquake").code == 2
