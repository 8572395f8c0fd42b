"""Search finds words and names, and only in what one may see."""

from datetime import datetime, timedelta

import pytest

from schoolgate.conversations.tests.acting import who, writes, writes_again
from schoolgate.desk.lists import PAGE, search
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
