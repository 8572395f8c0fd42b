"""Names that may be one person's, and names that are not."""

import pytest

from schoolgate.today.same_name import may_be_the_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paweł Nowak", "Pawel Nowak"),
        ("Pavel Nowak", "Paweł Nowak"),
        ("P. Nowak", "Paweł Nowak"),
        ("Nowak, Paweł", "paweł nowak"),
        ("Mr Nowak Pawel", "Paweł Nowak"),
        ("Steve Hall", "Stephen Hall"),
        ("Nowak", "Paweł Nowak"),
        ("Zoë Brontë", "Zoe Bronte"),
    ],
)
def test_these_may_be_one_person(one: str, other: str) -> None:
    assert may_be_the_same(one, other)
    assert may_be_the_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Nowak", "Paweł Nowak"),
        ("Paweł Kowalski", "Paweł Nowak"),
        ("Aunt Maria", "Paweł Nowak"),
        ("", "Paweł Nowak"),
        ("P. N.", "Q. R."),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert not may_be_the_same(one, other)
