"""Names that may be one person's, and names that are not; in a field and in a text."""

import pytest

from schoolgate.people.same_name import may_be_the_same, may_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paweł Nowak", "Pawel Nowak"),
        ("Pavel Nowak", "Paweł Nowak"),
        ("P. Nowak", "Paweł Nowak"),
        ("Nowak, Paweł", "paweł nowak"),
        ("Mr Nowak Pawel", "Paweł Nowak"),
        ("Mr Nowak", "Paweł Nowak"),
        ("Steve Hall", "Stephen Hall"),
        ("Bob Hall", "Robert Hall"),
        ("Paul Nowak", "Paweł Nowak"),
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
    assert not may_name(one, other)


@pytest.mark.parametrize(
    "words",
    [
        "Mr Malinowski",
        "mr malinowski",
        "Peter Malinowski",
        "Pete",
        "his dad",
        "Kuba’s dad",
        "step-dad",
        "his tata",
        "my ex",
        "my husband",
        "Malinowski Piotr",
        "Pio\u200btr Mali\u00adnowski",
        "Pi\u3164otr Malinowski",
        "\u0420i\u043etr M\u0430linowski",
        "Пётр Малиновский",
        "Ｐｉｏｔｒ Malinowski",
        "P i o t r  Malinowski",
        "piotr.malinowski",
        "PiotrMalinowski",
        "P10tr Mal1nowski",
        "Good morning, Pete will fetch him today instead of me, thank you",
        "Please let Mr. Malinowski take him home today at three",
        "He goes home today with his dad, not on the bus, thank you",
    ],
)
def test_a_name_is_found_in_whatever_way_it_is_written(words: str) -> None:
    assert may_name(words, "Piotr Malinowski", "father")


@pytest.mark.parametrize(
    "words",
    [
        "Mrs Malinowska",
        "Ewa Malinowska",
        "Anna Kowalska",
        "my dad",
        "his grandad",
        "the neighbour",
        "Anne Brown",
        "I will pop in and fetch him myself",
        "Kuba Malinowski will be fetched by Zofia Malinowska from next door today",
        "I will be late, will you keep him until four please, thank you",
        "",
    ],
)
def test_somebody_else_is_not_taken_for_him(words: str) -> None:
    assert not may_name(words, "Piotr Malinowski", "father")


def test_what_my_dad_is_to_a_parent_is_the_grandfather_to_the_child() -> None:
    assert may_name("my dad", "Hal Price", "grandfather")
    assert not may_name("my dad", "Hal Price", "uncle")
