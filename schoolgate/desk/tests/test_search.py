"""Search finds words and names, and only in what one may see."""

from datetime import datetime, timedelta

import pytest

from schoolgate.announcements.tests.announcing import to_all
from schoolgate.announcements.tests.announcing import writes as announces
from schoolgate.conversations.tests.acting import who, writes, writes_again
from schoolgate.desk.lists import PAGE, announced, search
from schoolgate.people.models import Carer
from schoolgate.rehearsal.cast import Cast


@pytest.mark.parametrize(
    ("asked", "found"),
    [("swimming", True), ("SWIM", True), ("malinow", True), ("kuba", True), ("zebra", False)],
)
def test_a_word_or_a_name_is_found(medway: Cast, now: datetime, asked: str, found: bool) -> None:
    conversation = writes(medway, "ewa", "kuba", now, body="Is there swimming today?")
    assert (conversation in search(who(medway, "priya", now), asked)) is found


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("asked", ["swimming", "malinow", "kuba"])
def test_what_one_may_not_see_is_not_found_by_any_word(
    medway: Cast, now: datetime, asked: str
) -> None:
    writes(medway, "ewa", "kuba", now, body="Is there swimming today?")
    for key in ("lena", "andy", "grace"):
        assert search(who(medway, key, now), asked) == []


def test_the_latest_come_first_and_no_more_than_a_page(medway: Cast, now: datetime) -> None:
    made = [
        writes(medway, "ewa", "kuba", now + timedelta(minutes=n), body="Is there swimming?")
        for n in range(PAGE + 3)
    ]
    writes_again(medway, made[-1], now + timedelta(hours=2))
    found = search(who(medway, "ruth", now), "swimming")
    assert len(found) == PAGE and found[0] == made[-1]


@pytest.mark.parametrize(
    "asked",
    ["Kuba Malinowski", "malinowski kuba", "KUBA  malinowski", "ewa malinowska", "Zoe OBrien"],
)
def test_a_full_name_is_found_in_either_order_with_accents_and_apostrophes_or_none(
    medway: Cast, now: datetime, asked: str
) -> None:
    Carer.objects.filter(pk=medway.carers["nina"].pk).update(name="Zoë O’Brien")
    made = {
        writes(medway, "ewa", "kuba", now, body="Is there swimming today?"),
        writes(medway, "nina", "noah", now, body="Is there swimming today?"),
    }
    assert len(made.intersection(search(who(medway, "ruth", now), asked))) == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("year 7", "Is Year-7 away on Friday?"),
        ("Year-7", "Is year 7 away on Friday?"),
        ("year 7", "Is year 7 away on Friday?"),
        ("Year-7", "Is Year-7 away on Friday?"),
        ("children's coats", "Where are the children’s coats?"),
        ("children’s coats", "Where are the children's coats?"),
    ],
)
def test_words_are_found_whatever_their_hyphens_and_apostrophes(
    medway: Cast, now: datetime, asked: str, said: str
) -> None:
    conversation = writes(medway, "ewa", "kuba", now, body=said)
    assert conversation in search(who(medway, "priya", now), asked)


def test_announcements_are_found_by_those_who_may_see_them(medway: Cast, now: datetime) -> None:
    words = {"subject": "Year-7 goes to the café", "text": "On Friday."}
    written = announces(medway, "ruth", now, to_all(), **words)
    assert written in announced(who(medway, "ruth", now), "cafe year 7")
    assert written not in announced(who(medway, "lena", now), "cafe year 7")
    assert announced(who(medway, "ruth", now), "zebra") == []
