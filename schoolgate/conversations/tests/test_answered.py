"""Which answers a family may speak about, and until when."""

from datetime import UTC, datetime, timedelta

from schoolgate.conversations.answered import Told, answers_in

DAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def told(*story: str) -> list[Told]:
    """A story by letters: f family, s school, d school that names a day, c a call of theirs."""
    return [
        Told(
            number,
            DAY + timedelta(hours=number),
            by_school=kind != "f",
            names_a_day=kind == "d",
            asked=kind == "c",
        )
        for number, kind in enumerate(story)
    ]


def answers(*story: str) -> list[int]:
    """The places of the answers in a story."""
    return [one.number for one in answers_in(told(*story))]


def test_what_the_school_says_to_what_was_asked_is_an_answer() -> None:
    assert answers("f", "s") == [1]
    assert answers("f", "s", "f", "s") == [1, 3]


def test_of_several_in_a_row_the_last_is_the_answer() -> None:
    assert answers("f", "s", "s") == [2]
    assert answers("f", "s", "f", "f", "s", "s", "f") == [1, 5]


def test_a_word_that_names_a_day_is_no_answer_and_the_news_on_that_day_is_one() -> None:
    assert answers("f", "d") == []
    assert answers("f", "d", "s") == [2]
    assert answers("f", "s", "d") == [1]


def test_what_nobody_asked_is_no_answer_but_a_call_of_the_familys_asks() -> None:
    assert answers("s", "s") == []
    assert answers("s", "f", "s") == [2]
    assert answers("c") == [0]
