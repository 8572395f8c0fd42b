"""The day of return in absence notes of many languages."""

from datetime import date

import pytest

from schoolgate.inbound.mail.returning import back_on

WRITTEN = date(2026, 11, 23)
BACK = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until 30 November and will read your email then.",
        "I'm away, back on Monday, November 30th. In an emergency ring 020 7946 0000.",
        "On leave from 24/11/2026 to 30/11/2026.",
        "Back 2026-11-30.",
        "Rwyf i ffwrdd tan 30 Tachwedd.",
        "Jestem na urlopie do 30 listopada 2026 r.",
        "Wracam do pracy 30.11.",
        "Sunt plecat până pe 30 noiembrie.",
        "Je suis absente jusqu'au 30 novembre inclus.",
        "Ich bin bis zum 30.11.2026 nicht im Büro.",
        "Ich bin ab dem 30. November wieder erreichbar.",
        "Estaré fuera hasta el 30 de noviembre de 2026.",
        "Estarei ausente até 30 de novembro.",
        "Sarò fuori ufficio fino al 30 novembre.",
        "Ik ben afwezig tot 30 november.",
        "أنا خارج المكتب حتى ٣٠ نوفمبر ٢٠٢٦",
        "میں ۳۰ نومبر تک دفتر سے باہر ہوں۔",
        "我不在办公室，11月30日返回。",
        "本人外出，至2026年11月30日。",
    ],
)
def test_the_day_of_return_is_read(text: str) -> None:
    assert back_on(text, WRITTEN) == BACK


def test_the_day_beside_a_word_of_return_counts_before_all_others() -> None:
    text = "I am away until 30 November. The next term begins on 4 January 2027."
    assert back_on(text, WRITTEN) == BACK
    assert back_on("Away 24 November. Back on 30 November.", WRITTEN) == BACK


def test_a_day_without_a_year_is_the_next_one() -> None:
    assert back_on("Back on 4 January", WRITTEN) == date(2027, 1, 4)


@pytest.mark.parametrize(
    "text",
    ["", "I am away.", "Ring 020 7946 0000.", "Since 1 May 2020", "Back on 31 February", "99.99."],
)
def test_no_day_is_made_up(text: str) -> None:
    assert back_on(text, WRITTEN) is None
