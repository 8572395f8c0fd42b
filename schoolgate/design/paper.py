"""Paper: PDFs by Typst in the faces that our packages bring, the same on every machine.

A machine's own faces are not asked: what is printed may not depend on what happens to be installed
where it is printed, and a face that nobody has read back may double or shuffle letters.
"""

import json
from functools import cache
from typing import Any

import fontpkg_noto_sans
import typst

# Noto Sans is the face; the others, which Typst brings, have what it has not (Hebrew and Arabic).
FACES = ("Noto Sans", "Libertinus Serif", "DejaVu Sans Mono")
_BEFORE = f"""
#let job = json(bytes(sys.inputs.at("job")))
#set text(font: {json.dumps(FACES).replace("[", "(").replace("]", ")")})
"""


@cache
def _faces() -> typst.Fonts:
    """Read once a process."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(fontpkg_noto_sans.ROOT)],
    )


def made(source: str, job: dict[str, Any], *, every_letter: bool = True) -> bytes:
    """The PDF of a source, which reads its words from `job` (tagged).

    As PDF/UA-1, and raises typst.TypstError where no face of ours has a letter, unless the paper
    has to be made whatever it says (`every_letter`): then such a letter is an empty box.
    """
    pdf = typst.compile(
        (_BEFORE + source).encode(),
        font_paths=_faces(),
        sys_inputs={"job": json.dumps(job)},
        pdf_standards=["ua-1"] if every_letter else None,
    )
    return bytes(pdf)
