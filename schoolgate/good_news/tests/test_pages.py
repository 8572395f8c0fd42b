"""The pages: one sentence and one press; first on the family's home; nothing for outsiders."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from house_rules.entering import PEOPLE, enter
from schoolgate.good_news.models import GoodNews
from schoolgate.good_news.tests.acting import tells_good
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

LIST = "/medway-green/good-news/"


@pytest.fixture
def both(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """The school of these tests and the other one, whose people are outsiders."""
    see(school_id=medway.school.pk)
    return medway, trent


def person(both: tuple[Cast, Cast], key: str) -> Client:
    client, _ = enter(key, *both)
    return client


def page_of(both: tuple[Cast, Cast], child: str = "kuba") -> str:
    return f"{LIST}children/{both[0].children[child].public_id}/"


def text(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_the_page_says_who_hears_it_and_one_press_tells_them(both: tuple[Cast, Cast]) -> None:
    priya = person(both, "priya")
    before = text(priya, page_of(both))
    assert "Ewa Malinowska" in before and "Piotr" not in before
    said = {"words": "He hung up his own coat.", "once": uuid.uuid4()}
    answer = priya.post(page_of(both), said, follow=True)
    assert "Sent to Ewa Malinowska." in answer.content.decode()
    see(school_id=both[0].school.pk)
    assert GoodNews.objects.get().words == "He hung up his own coat."
    home = text(person(both, "ewa"), "/medway-green/")
    assert "He hung up his own coat." in home
    assert home.index("He hung up") < home.index("Tell us about today")
    assert "An answer for you" not in home
    assert "He hung up his own coat." in text(person(both, "ewa"), f"{LIST}heard/")
    assert "He hung up" not in text(person(both, "nina"), "/medway-green/")


def test_what_is_not_right_keeps_the_words(both: tuple[Cast, Cast]) -> None:
    answer = person(both, "priya").post(
        page_of(both), {"words": "He sat with Noah.", "once": uuid.uuid4()}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422 and "He sat with Noah." in shown and "Noah" in shown
    assert "Take the name out" in shown


def test_a_child_of_whom_nothing_good_was_told_is_offered_and_then_is_not(
    both: tuple[Cast, Cast],
) -> None:
    cast, _ = both
    for key in ("priya", "ruth"):
        quiet, _, _rest = text(person(both, key), LIST).partition("Every child")
        assert "Kuba Malinowski" in quiet
    assert "Kuba Malinowski" in text(person(both, "priya"), "/medway-green/ten-minutes/")
    see(school_id=cast.school.pk)
    tells_good(cast, "dee", "kuba", timezone.now() - timedelta(hours=1))
    quiet, _, _rest = text(person(both, "priya"), LIST).partition("Told lately")
    assert "Kuba" not in quiet
    assert "Kuba" not in text(person(both, "priya"), "/medway-green/ten-minutes/")


def test_the_head_reads_of_how_many_and_never_by_whom(both: tuple[Cast, Cast]) -> None:
    page = text(person(both, "ruth"), "/medway-green/head/")
    assert "Nothing good was told of 7 children in ten school days." in page


def test_it_is_on_no_list_of_what_waits(both: tuple[Cast, Cast]) -> None:
    tells_good(both[0], "priya", "kuba", timezone.now() - timedelta(hours=1))
    lists = text(person(both, "priya"), "/medway-green/with-the-family/")
    assert "Ewa Malinowska" not in lists[lists.index("<main") :]


@pytest.mark.parametrize("key", PEOPLE)
def test_the_team_alone_tells_of_a_child(both: tuple[Cast, Cast], key: str) -> None:
    told = person(both, key).post(page_of(both), {"words": "Good.", "once": uuid.uuid4()})
    team = {"priya", "lena", "dee", "joan", "tom", "ruth", "helen", "sam", "andy"}
    see(school_id=both[0].school.pk)
    assert GoodNews.objects.exists() == (key in team), told.status_code


def test_a_covered_screen_names_no_child(both: tuple[Cast, Cast]) -> None:
    tells_good(both[0], "priya", "kuba", timezone.now() - timedelta(hours=1))
    priya = person(both, "priya")
    priya.post("/look/", {"cover": "yes"})
    assert "Kuba" not in text(priya, f"{LIST}")
