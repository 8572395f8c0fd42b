"""Folding: what was quoted is one press away; what a person wrote never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.inbound.mail.quoting import fold

QUOTED = "> Dear Ewa,\n> it was a good day.\n>\n> Priya"
ATTRIBUTIONS = {
    "en": "On Mon, 23 Nov 2026 at 10:00, Priya Nair <in@school.example> wrote:",
    "en, two lines": "On Mon, 23 Nov 2026 at 10:00, Priya Nair, Medway\n<in@x.example> wrote:",
    "cy": "Ar Llun, 23 Tach 2026 am 10:00 ysgrifennodd Priya <in@school.example>:",
    "pl, gmail": "pon., 23 lis 2026 o 10:00 Priya Nair <in@school.example> napisał(a):",
    "pl, thunderbird": "W dniu 23.11.2026 o 10:00, Priya Nair pisze:",
    "ro": "În lun., 23 nov. 2026 la 10:00, Priya <in@school.example> a scris:",
    "fr": "Le lun. 23 nov. 2026 à 10:00, Priya <in@school.example> a écrit :",
    "de": "Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Priya <in@school.example>:",
    "es": "El lun, 23 nov 2026 a las 10:00, Priya (<in@school.example>) escribió:",
    "pt": "Em seg., 23 de nov. de 2026 às 10:00, Priya <in@school.example> escreveu:",
    "it": "Il giorno lun 23 nov 2026 alle ore 10:00 Priya <in@school.example> ha scritto:",
    "nl": "Op ma 23 nov 2026 om 10:00 schreef Priya <in@school.example>:",
    "ar": "في الاثنين، 23 نوفمبر 2026 كتب Priya <in@school.example>:",
    "ur": "23 نومبر 2026 کو Priya <in@school.example> نے لکھا:",
    "zh": "Priya <in@school.example> 于2026年11月23日周一 10:00写道：",
}
BLOCKS = {
    "en": "From: Priya Nair\nSent: 23 November 2026 10:00\nTo: Ewa\nSubject: Today",
    "en, bold": "*From:* Priya Nair\n*Sent:* 23 November 2026 10:00\n*To:* Ewa\n*Subject:* Today",
    "cy": "Oddi wrth: Priya\nAnfonwyd: 23 Tachwedd 2026\nAt: Ewa\nPwnc: Heddiw",
    "pl": "Od: Priya Nair\nWysłano: poniedziałek 23 listopada 2026\nDo: Ewa\nTemat: Dziś",
    "ro": "De la: Priya\nTrimis: luni, 23 noiembrie 2026\nCătre: Ewa\nSubiect: Azi",
    "fr": "De : Priya\nEnvoyé : lundi 23 novembre 2026\nÀ : Ewa\nObjet : Aujourd’hui",
    "de": "Von: Priya\nGesendet: Montag, 23. November 2026\nAn: Ewa\nBetreff: Heute",
    "es": "De: Priya\nEnviado: lunes, 23 de noviembre de 2026\nPara: Ewa\nAsunto: Hoy",
    "pt": "De: Priya\nEnviada em: segunda-feira\nPara: Ewa\nAssunto: Hoje",
    "it": "Da: Priya\nInviato: lunedì 23 novembre 2026\nA: Ewa\nOggetto: Oggi",
    "nl": "Van: Priya\nVerzonden: maandag 23 november 2026\nAan: Ewa\nOnderwerp: Vandaag",
    "rule": "-----Original Message-----\nFrom: Priya",
}


@pytest.mark.parametrize("language", ATTRIBUTIONS)
def test_an_answer_above_a_quotation_is_shown_alone(language: str) -> None:
    found = fold(f"Thank you!\n\n{ATTRIBUTIONS[language]}\n\n{QUOTED}")
    assert found.shown == "Thank you!"
    assert found.folded.endswith("> Priya")


@pytest.mark.parametrize("language", BLOCKS)
def test_an_answer_above_outlooks_block_is_shown_alone(language: str) -> None:
    found = fold(f"Thank you!\n\n________________________________\n{BLOCKS[language]}\n\nDear Ewa")
    assert found.shown == "Thank you!"
    assert "Dear Ewa" in found.folded


@pytest.mark.parametrize(
    "text",
    [
        "Just words.",
        "On 3 May his teacher wrote:\n“Jan hit somebody.” That is not true.",
        "From: all of us\nA happy Christmas!",
        "I have asked three things: \nDate: is it the 3rd?\nTo whom do I write?",
        f"{ATTRIBUTIONS['en']}\n> Did he eat?\nYes.\n> Did he sleep?\nNo.",
        "> Did he eat?\nYes.\n\n> Did he sleep?\nNo, not at all.\n",
        QUOTED,
        "",
    ],
)
def test_when_unsure_everything_is_shown(text: str) -> None:
    found = fold(text)
    assert (found.shown, found.folded) == (text.rstrip("\n"), "")


def test_a_quotation_at_the_very_end_is_folded_without_an_attribution() -> None:
    assert fold("Thanks\n\n> words\n> words").shown == "Thanks"


@given(st.text(max_size=400))
def test_nothing_is_lost_by_folding(text: str) -> None:
    found = fold(text)
    assert (found.shown + found.folded).split() == text.split()
