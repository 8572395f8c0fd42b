"""Mail is read alike by every Python that README allows and this machine has."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CASES = Path(__file__).parent / "cases"
NAMES = ["python3", "python3.11", "python3.12", "python3.13", "python3.14", "python3.15"]
# Debian's own is old, and stricter than its number says.
PLACES = ["/usr/bin/python3", *(shutil.which(name) or "" for name in NAMES)]
LEAST = (3, 11)
HEADS = [
    "h@x.org <h@x.org>", "Hannah [Mum] <h@x.org>", "a@x.org b@x.org", "Hale, Hannah <h@x.org>",
    "odd [thing, Hannah <h@x.org>, B <b@x.org>", "=?utf-8?Q?Hale=2C_Hannah?= <h@x.org>",
    "=?utf-8?B?xYF1a2Fzeg==?= <h@x.org>", "Group: a@x.org, b@x.org;", "<h@x.org",
]  # fmt: skip
SCRIPT = """
import json, sys
from pathlib import Path
told = json.load(sys.stdin)
from schoolgate.inbound.mail import addresses, charsets, headers, parts, quoting
found = [headers.addresses(parts.Tree(f"From: {one}\\r\\n\\r\\nx".encode()).read(), "From")
         for one in told["heads"]]
found.append([headers.words(parts.Tree(f"Subject: {one}\\r\\n\\r\\nx".encode()).read(), "Subject")
              for one in told["heads"]])
found.append([charsets.decode(one.encode("cp1250"), "iso-8859-1") for one in told["words"]])
found.append([quoting.fold(one).shown for one in told["texts"]])
try:
    from schoolgate.inbound.mail.reading import read
except ImportError:  # its libraries were built for another Python
    read = None
for name in told["cases"] if read else []:
    mail = read(Path(name).read_bytes())
    found.append([mail.sender, mail.subject, mail.reply, mail.kind, list(mail.problems),
                  [one.name for one in mail.enclosures]])
print(json.dumps([read is not None, found]))
"""


def pythons() -> list[str]:
    """Every Python of this machine that may run Schoolgate, each once."""
    found: dict[str, str] = {}
    for place in filter(None, PLACES):
        asked = f"import sys; print(sys.version, sys.version_info >= {LEAST!r})"
        if not Path(place).exists():
            continue
        done = subprocess.run([place, "-c", asked], capture_output=True, text=True, check=False)
        if done.stdout.strip().endswith("True"):
            found.setdefault(done.stdout, place)
    return list(found.values())


def told_by(python: str) -> tuple[bool, list[object]]:
    """What one Python reads, and whether it could read whole mails."""
    packages = sysconfig.get_path("purelib")
    said = {
        "heads": HEADS,
        "words": ["Łukasz źle się czuje, proszę o telefon"],
        "texts": ["Yes.\n\nOn Mon, 23 Nov 2026 at 10:00, P <p@x.org> wrote:\n> Hi", "A:\n--\nb"],
        "cases": sorted(map(str, CASES.glob("*.eml"))),
    }
    done = subprocess.run(
        [python, "-c", SCRIPT],
        input=json.dumps(said),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{packages}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    whole, found = json.loads(done.stdout)
    return whole, found


HERE = told_by(sys.executable)


@pytest.mark.parametrize("python", pythons())
def test_every_python_of_this_machine_reads_mail_as_this_one_does(python: str) -> None:
    whole, found = told_by(python)
    assert found == (HERE[1] if whole else HERE[1][: len(found)])


def test_this_python_reads_whole_mails() -> None:
    assert HERE[0]
    assert len(HERE[1]) == len(HEADS) + 3 + len(list(CASES.glob("*.eml")))
