"""Folding: what was quoted is one press away; what a person wrote never is."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.inbound.mail.quoting import fold
from schoolgate.inbound.mail.reading import read
from schoolgate.inbound.tests.replies import Reply, replies

PIECES = [
    "> quoted", "", "words", "On 3 May 2026 at 10:00 <a@example.org> wrote:", "-- ", "Ewa", "PS no",
    "From: a@example.org", "Sent: now", "To: b", "Subject: c", "Sent from my iPhone", "> " * 3,
    "-----Original Message-----", "________", "Priya <a@example.org>", "wrote:",
]  # fmt: skip
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


def test_below_one_long_quotation_the_answer_alone_is_shown() -> None:
    found = fold(f"{ATTRIBUTIONS['en']}\n{QUOTED}\n\nYes, he did.\n\nEwa")
    assert found.shown == "Yes, he did.\n\nEwa"
    assert "it was a good day" in found.folded


PASTED = (
    "From: x@example.org\nSent: Monday\nTo: jan@example.org\nSubject: you\n\nnasty words\n\nHelp!"
)


def test_what_a_fresh_mail_holds_of_somebody_else_is_not_folded() -> None:
    text = f"This came last night:\n\n{PASTED}"
    ours = frozenset({"ewa@example.org", "in@school.example"})
    assert fold(text, answers=False, known=ours).shown == text
    assert fold(text, answers=False, known=ours | {"x@example.org"}).folded
    assert fold(text, answers=True, known=ours).folded


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Yes.\n\n-- \nEwa Kowal\n07700 900123", "Yes."),
        ("Yes.\n\nSent from my iPhone", "Yes."),
        ("Tak.\n\nWysłano z telefonu Samsung Galaxy", "Tak."),
        ("Oui.\n\nEnvoyé depuis mon téléphone Orange", "Oui."),
        ("Ja.\n\nDiese Nachricht wurde von meinem Handy gesendet.", "Ja."),
        ("Sì.\n\nInviato da Yahoo Mail su Android", "Sì."),
        ("نعم.\n\nأُرسلت من الـ iPhone", "نعم."),
        ("可以。\n\n发自我的华为手机", "可以。"),
        ("好。\n\n來自我的 iPhone 傳送", "好。"),
        ("Ja.\n\nGesendet mit der GMX Mail App", "Ja."),
        ("Yes.\n\nSent from Mail for Windows", "Yes."),
        ("Yes.\n\nSent with Proton Mail secure email.", "Yes."),
        ("Yes.\n\nGet Outlook for Android<https://aka.ms/AAb9ysg>", "Yes."),
        ("Tak.\n\nWysłano z aplikacji mobilnej Onet Poczta na telefonie", "Tak."),
        ("جی\n\nمیرے Android فون سے بھیجا گیا", "جی"),
    ],
)
def test_what_stands_below_every_mail_of_a_person_is_folded(text: str, shown: str) -> None:
    assert fold(text).shown == shown


@pytest.mark.parametrize(
    "text",
    [
        "Yes.\n\nSent from my iPhone\n\nPS He is ill.",
        "Yes.\n\n-- \nEwa\nPS He needs his medicine",
        "Yes.\n\n-- \nEwa\n\nCan you ring me today?",
        "The trip was great.\n\n--\n\nMore to say.",
        "Sent from my iPhone",
        "Jan is away.\n\nDate: Friday\nFrom: 3 pm\nTo: 5 pm\n\nThank you",
        "Yes.\n\nSent the form by mail",
        "Yes.\n\nGet a new phone",
        "Yes.\n\nSent from home, please phone me",
        "好的。\n\n从明天开始他会坐校车",
        "好的。\n\n由他奶奶来接",
        "نعم.\n\nأرسلت من يحضره",
        "Ja.\n\nVon meinem Mann geschickt",
        "Sí.\n\nEnviado por teléfono ayer",
        "Thanks\n>:( he was sad",
        "Yes.\n\n--------- please read ---------\nFrom: 3 pm on I am free\nDate: any day",
        "As I said on 3 May 2026 at 10:00, he wrote:\nI hate school.\n\nWhat shall we do?",
    ],
)
def test_own_words_near_the_end_stay(text: str) -> None:
    assert fold(text).shown == text


def test_a_greeting_right_above_an_attribution_stays() -> None:
    found = fold(f"Yes.\nBest wishes\nEwa\n{ATTRIBUTIONS['en, two lines']}\n{QUOTED}")
    assert found.shown == "Yes.\nBest wishes\nEwa"


REPLIES = list(replies())


@pytest.mark.parametrize("reply", REPLIES, ids=lambda one: f"{one.language}, {one.program}")
def test_every_program_and_language_shows_what_was_written_and_no_more(reply: Reply) -> None:
    found = read(reply.raw)
    assert found.reply.split() == reply.answer.split()
    assert reply.quoted in found.text


def test_a_footer_in_a_part_of_its_own_does_not_unfold_a_quotation() -> None:
    mail = EmailMessage()
    mail["From"], mail["In-Reply-To"] = "ewa@example.org", "<1@example.org>"
    mail.set_content(f"Yes.\n\n{ATTRIBUTIONS['en']}\n{QUOTED}\n")
    mail.make_mixed()
    footer = EmailMessage()
    footer.set_content("You get this as a member of 7B.")
    mail.attach(footer)
    assert read(mail.as_bytes()).reply.split() == [
        "Yes.",
        *["You", "get", "this", "as", "a", "member", "of", "7B."],
    ]


def test_html_tells_where_an_unknown_language_begins_to_quote() -> None:
    html = (
        "<div>Ano, může.</div><div class=gmail_quote><div class=gmail_attr>po 23. 11. odesílatel"
        " Priya:<br></div>Milá Evo, smí Jan?</div>"
    )
    mail = EmailMessage()
    mail["From"], mail["In-Reply-To"] = "ewa@example.org", "<1@example.org>"
    mail.set_content("Ano, může.\n\npo 23. 11. odesílatel Priya:\nMilá Evo, smí Jan?\n")
    mail.add_alternative(html, subtype="html")
    found = read(mail.as_bytes())
    assert (found.reply, found.text.endswith("smí Jan?")) == ("Ano, může.", True)


def test_a_quotation_of_html_that_says_inside_whose_it_is_is_folded() -> None:
    html = (
        "Yes<br><blockquote><div>On Mon, 23 Nov 2026 at 10:00, Priya</div>"
        "<div>&lt;in@school.example&gt; wrote:</div><div>May Jan come?</div></blockquote>"
    )
    head = b"From: ewa@example.org\r\nContent-Type: text/html\r\nSubject: Re: x\r\n\r\n"
    assert read(head + html.encode()).reply == "Yes"


@pytest.mark.parametrize("below", ["", "<p>Is it for Friday?</p>"])
def test_what_a_person_indented_in_html_is_theirs(below: str) -> None:
    poem = "<br>".join(["Roses are red"] * 5)
    html = f"<p>He learned:</p><blockquote style='margin:0 0 0 40px'>{poem}</blockquote>{below}"
    head = b"From: ewa@example.org\r\nContent-Type: text/html\r\nSubject: Re: x\r\n\r\n"
    found = read(head + html.encode())
    assert (found.reply, found.folded) == (found.text, "")


def test_answers_between_quotations_of_html_are_all_shown() -> None:
    html = (
        '<div class="gmail_quote"><div class="gmail_attr">On Monday Priya wrote:</div>'
        "<blockquote>Did he eat?</blockquote><div>Yes, all of it.</div>"
        "<blockquote>Did he sleep?</blockquote></div><div>Not much.</div>"
    )
    head = b"From: ewa@example.org\r\nContent-Type: text/html\r\nSubject: Re: x\r\n\r\n"
    found = read(head + html.encode())
    assert "Yes, all of it." in found.reply
    assert "Not much." in found.reply
    assert not found.folded


@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join))
def test_nothing_is_lost_by_folding(text: str) -> None:
    found = fold(text)
    assert sorted(f"{found.shown}\n{found.folded}".split()) == sorted(text.split())
