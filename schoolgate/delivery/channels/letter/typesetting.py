"""Typesetting: one PDF of all letters of a batch, each from a new page (tagged, PDF/UA-1).

By Typst, which comes as one wheel with all that it needs: see docs/decisions/0007-channels.md. The
words reach it as data and are never read as its markup.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import typst

from schoolgate.design import paper

# The address lies 57 to 82 mm from the top: so much of the window of a DL envelope always shows,
# however an A4 sheet folded in three slides in it; a C5 with the usual window shows it too.
SOURCE = """
#set document(title: job.title)
#set page(
  paper: "a4", margin: (left: 20mm, right: 20mm, top: 20mm, bottom: 22mm),
  footer: context align(center, text(size: 9pt, fill: luma(80), job.school)),
)
#for (at, sheet) in job.sheets.enumerate() {
  if at > 0 { pagebreak() }
  set text(size: if sheet.large_print { 18pt } else { 12pt }, lang: sheet.language)
  set par(leading: if sheet.large_print { 0.9em } else { 0.75em }, spacing: 1.3em, justify: false)
  place(top + right, box(width: 70mm, align(right, text(size: 10pt, sheet.sender.join("\\n")))))
  place(top + left, dx: 0mm, dy: 37mm, box(
    width: 80mm, height: 25mm,
    align(left + top, {
      set par(leading: 0.45em)
      text(size: 10.5pt, sheet.to.join("\\n"))
    }),
  ))
  v(70mm)
  show heading: set block(below: 1em)
  heading(level: 1, outlined: false, text(size: 1.15em, sheet.subject))
  for paragraph in sheet.words { par(paragraph.join("\\n")) }
}
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter as it is printed: lines of the two addresses, paragraphs of lines."""

    key: str
    to: tuple[str, ...]
    sender: tuple[str, ...]
    subject: str
    words: tuple[tuple[str, ...], ...]
    language: str = "en"
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and the keys of letters for which no face of ours has the characters."""

    pdf: bytes
    left_out: tuple[str, ...] = ()


def typeset(sheets: Sequence[Sheet], *, title: str, school: str) -> Printed:
    """The PDF of all sheets, in their order.

    What no face has would be printed as empty boxes: pictures among the words are left away then,
    and a letter in a script that is not here is left out and named.
    """
    try:
        return Printed(_made(sheets, title, school))
    except typst.TypstError:
        plain = [_without_pictures(sheet, school) for sheet in sheets]
        fit = [sheet for sheet in plain if _fits(sheet, title, school)]
        left_out = {sheet.key for sheet in plain} - {sheet.key for sheet in fit}
        pdf = _made(fit, title, school) if fit else b""
        return Printed(pdf, tuple(sorted(left_out)))


def _fits(sheet: Sheet, title: str, school: str) -> bool:
    try:
        _made([sheet], title, school)
    except typst.TypstError:
        return False
    return True


def _without_pictures(sheet: Sheet, school: str) -> Sheet:
    """Without emoji and the marks that shape them."""
    return replace(
        sheet,
        subject=_letters(sheet.subject) or school,
        words=tuple(tuple(map(_letters, paragraph)) for paragraph in sheet.words),
    )


def _letters(line: str) -> str:
    return "".join(one for one in line if unicodedata.category(one) not in _PICTURES)


_PICTURES = {"So", "Sk", "Cs", "Co", "Cn", "Mn"}


def _made(sheets: Sequence[Sheet], title: str, school: str) -> bytes:
    job = {"title": title, "school": school, "sheets": [asdict(sheet) for sheet in sheets]}
    return paper.made(SOURCE, job)
