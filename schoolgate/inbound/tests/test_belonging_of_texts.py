"""Where a text belongs: by its number, by what we have just told them, by what is open."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.inbound.belonging import JoinThread, NewConversation, Reason, Tray
from schoolgate.inbound.belonging_of_texts import OpenThread, TextFacts, decide
from schoolgate.inbound.telephone.reading import number_of, read_text

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def facts(*threads: OpenThread, **more: object) -> TextFacts:
    """What is known of a text from carer 7."""
    values: dict[str, object] = {"at": AT, "senders": (7,), "open": threads, **more}
    return TextFacts(**values)  # type: ignore[arg-type]  # one of its fields each


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (facts(makes_sense=False), Reason.UNREADABLE),
        (facts(has_number=False), Reason.NO_NUMBER),
        (facts(senders=()), Reason.UNKNOWN_NUMBER),
        (facts(OpenThread(1), senders=(7, 8)), Reason.SHARED_NUMBER),
    ],
)
def test_who_can_not_be_told_goes_to_the_tray(known: TextFacts, reason: Reason) -> None:
    assert decide(known) == Tray(reason)


def test_one_open_conversation_is_joined_and_without_one_a_new_one_is_opened() -> None:
    assert decide(facts(OpenThread(1))) == JoinThread(1, 7)
    assert decide(facts()) == NewConversation(7)


def test_of_several_the_one_in_which_the_school_has_just_written_is_joined() -> None:
    one, two = OpenThread(1, AT - 2 * DAY), OpenThread(2, AT - DAY)
    assert decide(facts(two, one, OpenThread(3))) == JoinThread(2, 7)


def test_of_several_in_which_the_school_was_silent_for_a_week_none_is_guessed() -> None:
    long_ago = OpenThread(1, AT - 8 * DAY), OpenThread(2)
    assert decide(facts(*long_ago)) == NewConversation(7)


def test_an_answer_of_which_a_text_has_just_told_them_is_gone_on_with() -> None:
    threads = OpenThread(1, AT - DAY), OpenThread(2, AT - 2 * DAY)
    assert decide(facts(*threads, told_of=(2,))) == JoinThread(2, 7)
    assert decide(facts(*threads, told_of=(2, 3))) == JoinThread(1, 7)


@pytest.mark.parametrize(
    "written", ["+447700900101", "447700900101", "00447700900101", "07700 900101", "07700-900-101"]
)
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert number_of(written) == "+44 7700 900101"


@pytest.mark.parametrize("written", ["", "60777", "SCHOOL", "1800FLOWERS", "+266696687", "1" * 40])
def test_names_short_codes_and_hidden_numbers_are_no_numbers(written: str) -> None:
    assert number_of(written) == ""


@pytest.mark.parametrize("provider", ["twilio", "vonage", "notify", "https", "nobody"])
@pytest.mark.parametrize(
    "body", [b"", b"\xff\0", b"[" * 9999, b'{"from": {"a": 1}}', b"NumMedia=99&MediaUrl0=%00"]
)
def test_any_bytes_are_read(provider: str, body: bytes) -> None:
    told = read_text(provider, body)
    assert told.key.startswith(provider) and len(told.key) <= 120
