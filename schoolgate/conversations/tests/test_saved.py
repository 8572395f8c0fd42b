"""Saved replies: one's own and the school's, put into the reply's field and never sent by it."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.models import Conversation, Message, SavedReply
from schoolgate.conversations.slots import filled
from schoolgate.conversations.tests.acting import writes
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

AT = "/medway-green/saved-replies/"
WORDS = {"name": "Asking", "words": "Dear {name}, I am asking about {child}. {Friday}"}


def test_slots_are_filled_once_and_other_braces_stay() -> None:
    assert filled("{name}: {child} {day}", name="Ewa", child="Kuba") == "Ewa: Kuba {day}"
    assert filled("{name}", name="{child}", child="Kuba") == "{child}"
    assert filled("nothing", name="Ewa", child="Kuba") == "nothing"


@pytest.fixture
def here(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """Both schools."""
    see(school_id=medway.school.pk)
    return medway, trent


@pytest.fixture
def thread(here: tuple[Cast, Cast]) -> Conversation:
    """Ewa waits for Priya."""
    at: datetime = timezone.now() - timedelta(hours=1)
    return writes(here[0], "ewa", "kuba", at)


def by(here: tuple[Cast, Cast], key: str) -> Client:
    return enter(key, *here)[0]


def saved(here: tuple[Cast, Cast]) -> SavedReply:
    see(school_id=here[0].school.pk)
    return SavedReply.objects.latest("pk")


def test_it_is_put_into_the_field_with_its_slots_filled_and_nothing_is_sent(
    here: tuple[Cast, Cast], thread: Conversation
) -> None:
    priya = by(here, "priya")
    assert priya.post(AT, WORDS).status_code == 302
    number = saved(here).pk
    page = priya.get(f"{thread.page}?saved=choose").content.decode()
    assert f"?saved={number}#wr" in page and "Asking" in page
    page = priya.get(f"{thread.page}?saved={number}").content.decode()
    assert "Dear Ewa, I am asking about Kuba. {Friday}</textarea>" in page
    see(school_id=here[0].school.pk)
    assert not Message.objects.filter(direction="school").exists()


def test_ones_own_is_ones_own_and_the_schools_is_for_everybody(
    here: tuple[Cast, Cast], thread: Conversation
) -> None:
    priya, joan, tom = by(here, "priya"), by(here, "joan"), by(here, "tom")
    priya.post(AT, WORDS | {"for_all": "on"})
    mine = saved(here)
    assert mine.member is not None, "Only the office and leaders save for everybody."
    assert "Asking" not in tom.get(AT).content.decode()
    assert tom.get(f"{thread.page}?saved={mine.pk}").status_code == 404
    assert tom.post(f"{AT}{mine.pk}/ending/").status_code == 404
    joan.post(AT, {"name": "School", "words": "Thank you.", "for_all": "on"})
    schools = saved(here)
    assert schools.member is None
    assert "Thank you." in priya.get(AT).content.decode()
    assert priya.post(f"{AT}{schools.pk}/ending/").status_code == 404
    assert tom.post(f"{AT}{schools.pk}/ending/").status_code == 302
    assert "Thank you." not in priya.get(AT).content.decode()


def test_nonsense_is_not_there_and_nothing_is_not_saved(
    here: tuple[Cast, Cast], thread: Conversation
) -> None:
    priya = by(here, "priya")
    for asked in ("x", "-1", "9" * 40, "²"):
        assert priya.get(thread.page, {"saved": asked}).status_code == 404, asked
    assert priya.post(AT, {"name": " ", "words": " "}).status_code == 422
    assert by(here, "ewa").get(AT).status_code == 404
