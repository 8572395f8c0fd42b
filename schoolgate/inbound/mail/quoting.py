"""Folding: what a person wrote above, what they only quoted below; pure.

When unsure it shows more, never less: answers between quoted lines keep the whole text visible, and
words that merely look like a quotation need a second sign before they are folded.
"""

import re
from dataclasses import dataclass

# The languages of families: en, cy, pl, ro, fr, de, es, pt, it, nl, ar, ur, zh.
_WROTE = re.compile(
    r"\b(wrote|ysgrifennodd|napisał(\(a\)|a)?|pisze|a scris|a écrit|schrieb|escribió|escreveu|"
    r"ha scritto|schreef)\b|كتب|لکھا|写道|寫道",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?[^\s<>@]{1,64}@[^\s<>@]{1,190}>?")
_SENDER = r"From|Oddi wrth|Od|De la|De|Von|Da|Van|من|منجانب|发件人|寄件者"
_BESIDE = (
    r"Sent|Date|To|Cc|Subject|Anfonwyd|Dyddiad|At|Pwnc|Wysłano|Wysłane|Data|Do|DW|Temat|Trimis|"
    r"Către|Subiect|Envoyé|Date|À|Objet|Gesendet|Datum|An|Betreff|Enviado( el)?|Fecha|Para|CC|"
    r"Asunto|Enviada em|Assunto|Inviato|A|Oggetto|Verzonden|Aan|Onderwerp|"
    r"تاريخ|إلى|الموضوع|发送时间|收件人|主题|日期|寄件日期|收件者|主旨"
)
_FROM_LINE = re.compile(rf"^[*_ ]*({_SENDER})\s*[*_]*\s*[:：][*_ ]*\S", re.IGNORECASE)
_BESIDE_LINE = re.compile(rf"^[*_ ]*({_BESIDE})\s*[*_]*\s*[:：]", re.IGNORECASE)
_RULE = re.compile(
    r"^[\s>]*[-_]{2,}\s*(Original Message|Original message|Neges Wreiddiol|Wiadomość oryginalna|"
    r"Oryginalna wiadomość|Mesaj original|Mesajul original|Message d.origine|Message original|"
    r"Ursprüngliche Nachricht|Originalnachricht|Mensaje original|Mensagem original|"
    r"Messaggio originale|Oorspronkelijk bericht|Forwarded message|Reply message)\s*[-_]{2,}\s*$",
    re.IGNORECASE,
)
_LINE = re.compile(r"^[\s_\-*=—]{3,}$")
_LONGEST_ATTRIBUTION = 400
MOST = 200_000  # characters; what is beyond is quotation or a dump, and stands folded as it is


@dataclass(frozen=True, slots=True)
class Folding:
    """What is shown, and what is one press away."""

    shown: str
    folded: str = ""


def fold(text: str) -> Folding:
    """Split a text into what was written and what was quoted below it."""
    head, beyond = text[:MOST], text[MOST:]
    lines = head.split("\n")
    cut = _cut(lines)
    shown = "\n".join(lines[:cut]).rstrip()
    if not shown.strip():
        return Folding(text.strip("\n")) if not beyond else Folding(head, beyond)
    return Folding(shown, ("\n".join(lines[cut:]) + beyond).strip("\n"))


def _cut(lines: list[str]) -> int:
    """The number of the first folded line; the number of lines when nothing is folded."""
    for number, line in enumerate(lines):
        if _is_rule(line) or _is_header_block(lines, number):
            return _with_line_above(lines, number)
        if line.startswith(">"):
            # Words of one's own below a quoted line: an answer between the lines, or below them.
            continue
        length = _attribution(lines, number)
        if length and _is_quotation(lines, number, length):
            return _with_line_above(lines, number)
    return _trailing_quote(lines)


def _is_rule(line: str) -> bool:
    return len(line) < 120 and _RULE.match(line) is not None


def _is_header_block(lines: list[str], number: int) -> bool:
    """ "From:" with two of its usual neighbours within the next six lines, as Outlook writes it."""
    if len(lines[number]) > 500 or not _FROM_LINE.match(lines[number]):
        return False
    below = [line for line in lines[number + 1 : number + 10] if line.strip()][:6]
    return sum(1 for line in below if len(line) < 2000 and _BESIDE_LINE.match(line)) >= 2


def _attribution(lines: list[str], number: int) -> int:
    """How many lines an attribution such as "On … wrote:" takes from here; 0 when it is none."""
    joined = ""
    for length in (1, 2, 3):
        if number + length > len(lines) or not lines[number + length - 1].strip():
            return 0
        joined += " " + lines[number + length - 1].strip()
        if len(joined) > _LONGEST_ATTRIBUTION:
            return 0
        if joined.endswith((":", "：")):
            return length if _says_who_wrote(joined) else 0
    return 0


def _says_who_wrote(words: str) -> bool:
    return _WROTE.search(words) is not None and any(c.isdigit() or c == "@" for c in words)


def _is_quotation(lines: list[str], number: int, length: int) -> bool:
    """Whether all below an attribution is quoted; unmarked text only below one with an address."""
    below = [line for line in lines[number + length :] if line.strip()]
    marked = [line.startswith(">") for line in below]
    if all(marked):
        return True
    above = " ".join(lines[number : number + length])
    return not any(marked) and _ADDRESS.search(above) is not None


def _trailing_quote(lines: list[str]) -> int:
    """Quoted lines at the very end, when there are none before them."""
    end = len(lines)
    start = end
    while start and (lines[start - 1].startswith(">") or not lines[start - 1].strip()):
        start -= 1
    tail = lines[start:]
    if not any(line.startswith(">") for line in tail):
        return end
    return end if any(line.startswith(">") for line in lines[:start]) else start


def _with_line_above(lines: list[str], number: int) -> int:
    """A ruled line above belongs to what is folded."""
    above = number
    while above and not lines[above - 1].strip():
        above -= 1
    return above - 1 if above and _LINE.match(lines[above - 1]) else number
