"""Opening a school from its settings file, and opening it again with other settings."""

import argparse
from pathlib import Path

import pytest
from django.test import Client

from config.verbs.school_open_inside import open_it
from schoolgate.accounts.models import User
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.school.models import School
from schoolgate.school.settings import parse
from schoolgate.school.tenancy import see

TEXT = (Path(__file__).parents[3] / "schools" / "medway-green.toml").read_text()


def open_with(text: str, name: str = "", email: str = "") -> int:
    words = argparse.Namespace(office_name=name, office_email=email)
    return open_it(parse(text, "a test"), text, words)


def test_a_school_opens_with_a_first_office_account_and_its_card(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert open_with(TEXT, "Joan Pike", "Joan@Medwaygreenschool.co.uk") == 0
    said = capsys.readouterr().out
    school = School.objects.get()
    see(school_id=school.pk)
    joan = TeamMember.objects.get()
    assert RoleHolding.objects.get().role == "office"
    assert User.objects.get().email == "joan@medwaygreenschool.co.uk"
    code = said.split()[-1]
    client = Client()
    assert client.post("/account/card/", {"code": code}).status_code == 302
    assert client.get("/medway-green/people/", follow=True).status_code == 200
    assert (joan.name, school.demo) == ("Joan Pike", False)


def test_a_new_school_without_anybody_in_the_office_is_not_opened(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert open_with(TEXT) == 1
    assert "--office-name" in capsys.readouterr().err
    assert not School.objects.exists()


def test_opening_twice_shows_what_differs_and_brings_it_in(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    open_with(TEXT, "Joan Pike")
    changed = TEXT.replace("calendar_published = true ", "calendar_published = false ")
    assert open_with(changed) == 0
    said = capsys.readouterr().out
    assert "+calendar_published = false" in said and "-calendar_published = true" in said
    assert not School.objects.get().settings.calendar_published
    assert open_with(changed) == 0
    assert "same as before" in capsys.readouterr().out


def test_another_schools_inbound_address_is_refused(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    open_with(TEXT, "Joan Pike")
    other = TEXT.replace('slug = "medway-green"', 'slug = "medway-two"')
    assert open_with(other, "Al Own") == 1
    assert "another school" in capsys.readouterr().err
