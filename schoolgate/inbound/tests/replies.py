# ruff: noqa: E501 - what programs write stands on one line, as they write it
"""Answers as the mail programs of our families write them: language x program, words and HTML.

Each is a whole mail with what a person wrote in it and what they only quoted. All people are
fictional. The forms are those of the programs; the dates are written as each language writes them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from schoolgate.inbound.tests.tongues import FAMILY, NATIONAL, SCHOOL, TONGUES, Tongue


@dataclass(frozen=True)
class Reply:
    """One mail, what was written in it, and words that are only quoted."""

    language: str
    program: str
    raw: bytes
    text: str  # as its words stand in the mail, for those who read only text
    answer: str
    quoted: str


def quoted(letter: str, mark: str = "> ") -> str:
    """A letter with marks."""
    return "\n".join(f"{mark}{line}".rstrip() for line in letter.split("\n"))


def block(t: Tongue, *, bold: bool = False, date: bool = False) -> str:
    """The header that Outlook puts above what it quotes."""
    names = [t.labels[0], t.date_label if date else t.labels[1], *t.labels[2:]]
    values = [SCHOOL, t.sent, FAMILY, "Trip"]
    star = "*" if bold else ""
    return "\n".join(f"{star}{name}:{star} {one}" for name, one in zip(names, values, strict=True))


def wrapped(line: str, width: int = 76) -> str:
    """A line broken as Gmail breaks it."""
    words, lines = line.split(" "), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def plain_forms(t: Tongue) -> Iterator[tuple[str, str]]:
    """(program, words) of every program that writes plain words."""
    a, q = t.answer, quoted(t.letter)
    yield "gmail web", f"{a}\n\n{wrapped(t.gmail)}\n\n{q}\n"
    yield "gmail narrow", f"{a}\n\n{wrapped(t.gmail, 50)}\n\n{q}\n"
    yield "gmail signature", f"{a}\n\n-- \nEwa Kowal\n07700 900123\n\n{wrapped(t.gmail)}\n\n{q}\n"
    yield "outlook desktop", f"{a}\n\n{block(t)}\n\n{t.letter}\n"
    yield "outlook bold", f"{a}\n\n{block(t, bold=True)}\n\n{t.letter}\n"
    yield "outlook web", f"{a}\n{'_' * 32}\n{block(t)}\n\n{t.letter}\n"
    yield (
        "outlook mobile",
        f"{a}\n\n{t.outlook}<https://aka.ms/o0ukef>\n{'_' * 32}\n{block(t)}\n\n{t.letter}\n",
    )
    yield "outlook original", f"{a}\n\n-----{t.original}-----\n{block(t)}\n\n{t.letter}\n"
    yield "apple mac", f"{a}\n\n{quoted(t.apple)}\n>\n{q}\n"
    yield "apple mac, unmarked line", f"{a}\n\n{t.apple}\n\n{q}\n"
    yield (
        "apple ios",
        f"{a}\n\n{t.iphone}\n\n{quoted(t.apple)}\n>\n> \ufeff{t.letter[:1]}{quoted(t.letter)[3:]}\n",
    )
    yield "yahoo", f" {a}\n    {t.yahoo}  \n \n {t.letter}\n"
    yield "yahoo, marked", f"{a}\n\n{t.yahoo}\n\n\n{q}\n"
    yield (
        "samsung",
        f"{a}\n\n\n-------- {t.original} --------\n{block(t, date=True)}\n\n{t.letter}\n",
    )
    yield (
        "proton",
        f"{a}\n\nSent with [Proton Mail](https://proton.me/mail/home) secure email.\n\n{t.yahoo}\n\n{q}\n",
    )
    yield "proton, older", f"{a}\n\n‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\n{t.yahoo}\n\n{q}\n"
    yield "thunderbird", f"{a}\n\n{t.thunderbird}\n{q}\n"
    yield "no attribution", f"{a}\n\n{q}\n"


def as_html(words: str) -> str:
    """Words as the simplest HTML."""
    return "<br>".join(escape(line) for line in words.split("\n"))


def html_forms(t: Tongue) -> Iterator[tuple[str, str]]:
    """(program, HTML) of every program that writes HTML."""
    a, q = as_html(t.answer), as_html(t.letter)
    divs = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in t.answer.split("\n"))
    rows = as_html(block(t)).replace("<br>", "<br>\n")
    cite = f'<blockquote type="cite"><div>{q}</div></blockquote>'
    yield (
        "gmail html",
        (
            f'<div dir="ltr">{divs}</div><br><div class="gmail_quote gmail_quote_container">'
            f'<div dir="ltr" class="gmail_attr">{escape(t.gmail)}<br></div><blockquote class="gmail_quote"'
            f' style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">{q}</blockquote></div>'
        ),
    )
    yield (
        "outlook desktop html",
        (
            f'<div class="WordSection1"><p class="MsoNormal">{a}<o:p></o:p></p><div><div style="border:none;'
            'border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
            f"<b>{rows}</b></p></div></div><p class=MsoNormal>{q}</p></div>"
        ),
    )
    yield (
        "outlook web html",
        (
            f'<div class="elementToProof">{a}</div><div id="appendonsend"></div><hr style="width:98%">'
            f'<div id="divRplyFwdMsg" dir="ltr">{rows}<div>&nbsp;</div></div><div>{q}</div>'
        ),
    )
    yield (
        "outlook mobile html",
        (
            f'<div>{a}</div><div id="ms-outlook-mobile-signature">{escape(t.outlook)}</div>'
            f'<div id="mail-editor-reference-message-container"><hr>{rows}<br>{q}</div>'
        ),
    )
    yield (
        "apple html",
        (
            f'<div>{a}</div><div><br><blockquote type="cite"><div>{escape(t.apple)}</div></blockquote>'
            f"</div><div>{cite}</div>"
        ),
    )
    yield (
        "apple ios html",
        (
            f"<div dir=ltr>{a}<br id=lineBreakAtBeginningOfSignature><div>{escape(t.iphone)}</div></div>"
            f'<div dir=ltr><br><blockquote type="cite">{escape(t.apple)}<br><br></blockquote></div>{cite}'
        ),
    )
    yield (
        "yahoo html",
        (
            f'<div class="ydp1yahoo-style-wrap"><div>{a}</div></div><div id="yahoo_quoted_12" '
            f'class="yahoo_quoted"><div><div>{escape(t.yahoo)}</div><div><br></div><div>{q}</div></div></div>'
        ),
    )
    yield (
        "samsung html",
        (
            f"<div>{a}</div><div><br></div><div><!-- originalMessage --><div>-------- {t.original} --------"
            f"</div>{as_html(block(t, date=True))}</div><br>{q}"
        ),
    )
    yield (
        "proton html",
        (
            f'<div>{a}</div><div class="protonmail_signature_block">Sent with Proton Mail secure email.'
            f'</div><div class="protonmail_quote">{escape(t.yahoo)}<br>{cite}</div>'
        ),
    )
    yield (
        "thunderbird html",
        (f'<p>{a}</p><div class="moz-cite-prefix">{escape(t.thunderbird)}<br></div>{cite}'),
    )
    yield (
        "gmx html",
        (
            f'<div>{a}</div><div name="quote" style="margin:10px 5px;border-left:2px solid #C3D9E5;">'
            f'<div>{rows}</div><div name="quoted-content">{q}</div></div>'
        ),
    )


def mail_of(t: Tongue, words: str, html: str = "") -> bytes:
    """A whole mail; a reply by its headers."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"Ewa Kowal <{FAMILY}>", SCHOOL, t.subject
    mail["Message-ID"], mail["Date"] = "<1@phone.example.org>", "Mon, 23 Nov 2026 10:30:00 +0000"
    mail["In-Reply-To"] = "<trip@school.example.org>"
    if html and words:
        mail.set_content(words)
        mail.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    elif html:
        mail.set_content(f"<html><body>{html}</body></html>", subtype="html")
    else:
        mail.set_content(words)
    return mail.as_bytes()


def replies() -> Iterator[Reply]:
    """The whole corpus."""
    for language, t in TONGUES.items():
        line = next(line for line in t.letter.split("\n") if line.endswith(("?", "？", "؟")))
        for program, words in plain_forms(t):
            yield Reply(language, program, mail_of(t, words), words, t.answer, line)
        for program, html in html_forms(t):
            yield Reply(language, program, mail_of(t, "", html), "", t.answer, line)
        for (national, program), head in NATIONAL.items():
            if national == language:
                mark = "> " if head.startswith(">") else ""
                words = f"{t.answer}\n\n{head}{quoted(t.letter, mark)}\n"
                yield Reply(language, program, mail_of(t, words), words, t.answer, line)


def verdict(shown: str, reply: Reply) -> str:
    """right, too much (quoted words show), hides words, or a leftover around the right words."""
    if not set(reply.answer.split()) <= set(shown.split()):
        return "hides words"
    if reply.quoted in shown:
        return "too much"
    return "right" if shown.split() == reply.answer.split() else "leftover"
