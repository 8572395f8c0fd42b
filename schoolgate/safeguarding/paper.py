"""A child's file as one PDF, encrypted by AES-256 with a phrase that is kept nowhere.

Typeset by Typst from data, never from the words as markup; encrypted by pypdf (revision 6).
"""

import csv
import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter

from schoolgate.design.paper import made
from schoolgate.safeguarding.chronology import Entry

SOURCE = """
#set document(title: job.title)
#set page(paper: "a4", margin: 20mm, numbering: "1 / 1", header: text(size: 9pt, job.title))
#set text(size: 11pt)
#heading(level: 1, job.title)
#for line in job.head { par(line) }
#for entry in job.entries {
  block(above: 1.4em, heading(level: 2, text(size: 11pt, entry.head)))
  for paragraph in entry.words { par(paragraph) }
}
"""
# Without letters and figures that are taken for each other when they are read out.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its moments in words, in the school's own zone."""

    head: str
    words: str


def new_phrase() -> str:
    """A phrase of 24 signs in groups of four, to be sent by another way than the file."""
    groups = ["".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(6)]
    return "-".join(groups)


def printed(*, title: str, head: Sequence[str], lines: Sequence[Line]) -> bytes:
    """The PDF of a chronology, not encrypted (tagged); its rows stand beside it in every script."""
    job = {
        "title": title,
        "head": list(head),
        "entries": [
            {"head": line.head, "words": line.words.split("\n") if line.words else []}
            for line in lines
        ],
    }
    # A child's file may never fail to leave for a letter that no face has.
    return made(SOURCE, job, every_letter=False)


def encrypted(pdf: bytes, phrase: str) -> bytes:
    """The same PDF, opened by the phrase alone (AES-256)."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(user_password=phrase, owner_password=None, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def table(entries: Sequence[Entry]) -> str:
    """The same as comma-separated rows, as other systems take them in; moments in UTC.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["at", "what", "by", "words", "due"])
    for one in entries:
        due = one.due_at.isoformat() if one.due_at else ""
        cells = [one.at.isoformat(), one.what, one.by, one.words, due]
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" else cell for cell in cells])
    return out.getvalue()
