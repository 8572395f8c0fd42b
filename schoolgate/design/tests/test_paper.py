"""What is printed is set in faces that packages bring, and reads back as it was written."""

import io

import pytest
import typst
from pypdf import PdfReader

from schoolgate.design import paper

SOURCE = """
#set document(title: job.title)
#set text(lang: job.language)
#par(job.words)
"""
# Letters of the languages that our families write in Latin and Cyrillic.
WORDS = {
    "en": "Please bring £4.50 – “in coins” – by 3 o’clock.",
    "cy": "Mae’r ŵyn yn y tŷ, ac mae’r dŵr yn gynnes.",
    "pl": "Zażółć gęślą jaźń, Łukasz.",
    "ro": "Mâine școala este închisă, vă rugăm să țineți minte.",
    "tr": "Yarın okul kapalı; İrem ve Işıl için şapka.",
    "uk": "Будь ласка, візьміть їжу; щоб ґава не з’їла.",
    "so": "Fadlan la hadal xafiiska dugsiga.",
}


def job(language: str, words: str) -> dict[str, str]:
    """What is printed in these tests."""
    return {"title": "A letter", "language": language, "words": words}


def faces(pdf: bytes) -> set[str]:
    """The names of the faces in a PDF, without the six letters before each."""
    found: set[str] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    return found


@pytest.mark.parametrize("language", sorted(WORDS))
def test_each_language_reads_back_as_it_was_written(language: str) -> None:
    pdf = paper.made(SOURCE, job(language, WORDS[language]))
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert " ".join(text.split()) == WORDS[language]


def test_latin_and_cyrillic_are_one_face_and_it_is_the_packages() -> None:
    found = set[str]()
    for language, words in WORDS.items():
        found |= faces(paper.made(SOURCE, job(language, words)))
    assert {name.partition("-")[0] for name in found} == {"NotoSans"}


def test_no_face_of_the_machine_is_asked() -> None:
    """Bengali is in none of our packages: it is refused, whatever this machine has installed."""
    with pytest.raises(typst.TypstError):
        paper.made(SOURCE, job("bn", "আগামীকাল স্কুল বন্ধ"))


def test_a_paper_that_must_leave_is_made_whatever_it_says() -> None:
    assert paper.made(SOURCE, job("bn", "আগামীকাল"), every_letter=False).startswith(b"%PDF-")
