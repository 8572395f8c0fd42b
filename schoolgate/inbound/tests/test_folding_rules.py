"""What is folded, by the marks of more programs; and what is never folded without a second sign."""

from pathlib import Path

import pytest

from schoolgate.inbound.mail.quoting import fold
from schoolgate.inbound.mail.reading import read

OURS = frozenset({"ewa@example.org", "in@school.example", "@school.example"})
QUOTED = "> Dear Ewa,\n> it was a good day."
UNMARKED = "Dear Ewa,\nit was a good day."
FORMS = {
    "zoho": "---- On Mon, 23 Nov 2026 10:00:00 +0000 Priya Nair <in@school.example> wrote ----",
    "zoho, longer dashes": "------------ On Mon, 23 Nov 2026 10:00:00 +0000 Priya <in@x.example> wrote ------------",  # noqa: E501
    "zoho, polish": "---- W dniu pon., 23 lis 2026 10:00 Priya <in@school.example> napisał(a) ----",
    "a name": "---- Priya Nair wrote ----",
    "no colon": "On Mon, 23 Nov 2026 at 10:00, Priya Nair <in@school.example> wrote",
    "no colon, two lines": "On Mon, 23 Nov 2026 at 10:00, Priya Nair\n<in@school.example> wrote",
    "dated, two lines": "23.11.2026 10:00, Priya Nair\n<in@school.example>:",
    "dated, iso": "2026-11-23 10:00 GMT+00:00 Priya Nair\n<in@school.example>:",
    "mail.ru": "Понедельник, 23 ноября 2026, 10:00 +03:00 от Priya Nair <in@school.example>:",
    "mail.ru, english": "Monday, 23 November 2026, 10:00 +03:00 from Priya <in@school.example>:",
    "yandex": '23.11.2026, 10:00, "Priya Nair" <in@school.example>:',
    "yandex, writes": "23.11.2026 10:00, Priya Nair <in@school.example> пишет:",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("quoted", [QUOTED, UNMARKED])
def test_the_attributions_of_more_programs_are_known(form: str, quoted: str) -> None:
    found = fold(f"Thank you!\n\n{FORMS[form]}\n\n{quoted}")
    assert found.shown == "Thank you!"
    assert found.folded.endswith("it was a good day.")


@pytest.mark.parametrize(
    "text",
    [
        "Yes, he may. On Mon, 23 Nov 2026 at 10:00, Priya <in@school.example> wrote:\n> May he?",
        "Yes, he may. On Mon, 23 Nov 2026 at 10:00, Priya\n<in@school.example> wrote:\n\nMay he?",
        "Tak. W dniu 23.11.2026 o 10:00, Priya <in@school.example> pisze:\n> May he?",
    ],
)
def test_an_attribution_that_begins_within_a_line_folds_from_there(text: str) -> None:
    found = fold(text)
    assert found.shown in {"Yes, he may.", "Tak."}
    assert found.folded.endswith("May he?")


@pytest.mark.parametrize(
    "text",
    [
        f"This came:\n\n{QUOTED}",
        "He showed me this:\n\n-----Original Message-----\nyou are nothing",
        "This came:\n\nOn Mon, 23 Nov 2026 at 10:00, X <x@example.net> wrote:\n> I will hurt him",
        "This came:\n\nOn Monday X wrote:\n> I will hurt him",
        "This came:\n\n________\nFrom: X\nSent: Monday\nTo: me\nSubject: you\n\nI will hurt him",
        f"{QUOTED}\n>\n> more\n> and more\n\nWhat shall I do?",
    ],
)
def test_a_new_mail_that_answers_nothing_folds_nothing_without_a_second_sign(text: str) -> None:
    assert fold(text, answers=False, known=OURS).shown == text
    assert fold(text, answers=True, known=OURS).folded


def test_what_html_marks_in_a_new_mail_needs_a_second_sign_too() -> None:
    html = "<p>This came:</p><blockquote type=cite>I will hurt him.</blockquote>"
    head = b"From: ewa@example.org\r\nContent-Type: text/html\r\nSubject: Help\r\n\r\n"
    assert "I will hurt him" in read(head + html.encode()).reply


def test_a_new_mail_with_our_own_mail_below_it_is_folded() -> None:
    text = "One more thing.\n\nOn Mon, 23 Nov 2026 at 10:00, Priya <in@school.example> wrote:\n> Hi"
    assert fold(text, answers=False, known=OURS).shown == "One more thing."


@pytest.mark.parametrize("dashes", ["--", "-- "])
@pytest.mark.parametrize("blank", ["", "\n"])
def test_dashes_below_a_line_that_announces_something_are_no_signature(
    dashes: str, blank: str
) -> None:
    text = f"Things he needs:{blank}\n{dashes}\nblue inhaler\nepipen in bag"
    assert fold(text).shown == text


def test_the_list_of_things_he_needs_is_read_whole() -> None:
    mail = (Path(__file__).parent / "cases" / "dashes-list.eml").read_bytes()
    assert "epipen in bag" in read(mail).reply


def test_a_sentence_that_ends_in_wrote_is_no_attribution() -> None:
    text = "On Friday I saw what his teacher wrote\nand I do not agree.\n\nEwa"
    assert fold(text).shown == text
