"""The long proof of reading: mails put together and taken apart by chance, as many as asked for.

SCHOOLGATE_FUZZ is their number, of the reader and the stripper, by hypothesis and by atheris.
"""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolgate.inbound import keys
from schoolgate.inbound.mail.quoting import fold
from schoolgate.inbound.mail.reading import read
from schoolgate.inbound.tests.replies import replies
from schoolgate.inbound.tests.test_broken import SHAPES
from schoolgate.inbound.tests.test_quoting import PIECES
from schoolgate.inbound.tests.test_reading import words

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
MANY = int(os.environ.get("SCHOOLGATE_FUZZ", "200000"))
# By hypothesis; atheris, which is slower on the reader, does the rest.
READ, FOLDED = MANY * 3 // 10, MANY // 4
LED = {"reader": MANY // 8, "stripper": MANY - READ - FOLDED - MANY // 8}
KINDS = {"message", "automatic", "bounce", "unreadable"}
BEGINNINGS = [one.raw for one in replies()][::7]
PLACES = st.integers(min_value=0, max_value=4000)

addresses = st.sampled_from(
    ["nina@example.org", '"Reed, Nina" <nina@example.org>', "=?utf-8?q?N=C3=ADna?= <n@x.org>",
     "Nina", "<>", "a@b, c@d", "(a) nina@example.org (b)", "nina@exämple.org"]
)  # fmt: skip
encodings = st.sampled_from(["7bit", "8bit", "base64", "quoted-printable", "x-unknown", ""])
charsets = st.sampled_from(
    ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-7", "klingon", ""]
)
types = st.sampled_from(["text/plain", "text/html", "image/png", "message/rfc822",
                         "message/delivery-status", "application/pdf", "nonsense"])  # fmt: skip


@st.composite
def parts(draw: st.DrawFn, depth: int = 0) -> bytes:
    """One part with its own headers; perhaps parts in it."""
    if depth < 3 and draw(st.integers(0, 3)) == 0:
        boundary = draw(st.sampled_from(["b", "c", "=_x y", ""]))
        inner = draw(st.lists(parts(depth + 1), max_size=3))
        head = f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'.encode()
        between = f"\r\n--{boundary}\r\n".encode()
        return head + between + between.join(inner) + f"\r\n--{boundary}--\r\n".encode()
    head = (
        f"Content-Type: {draw(types)}; charset={draw(charsets)}\r\n"
        f"Content-Transfer-Encoding: {draw(encodings)}\r\n\r\n"
    )
    body = draw(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
    return head.encode() + body


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    """A whole mail, perhaps with a piece cut out of it or a byte changed."""
    head = (
        f"From: {draw(addresses)}\r\nTo: {draw(addresses)}\r\nSubject: "
        + draw(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
        + "\r\nMIME-Version: 1.0\r\n"
    )
    whole = head.encode() + draw(parts())
    first, last = sorted((draw(PLACES), draw(PLACES)))
    harm = draw(st.sampled_from(["none", "cut", "byte"]))
    if harm == "cut":
        return whole[:first] + whole[last:]
    if harm == "byte" and whole:
        at = first % len(whole)
        return whole[:at] + draw(st.binary(min_size=1, max_size=1)) + whole[at + 1 :]
    return whole


@settings(max_examples=READ, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(mails(), st.lists(words, max_size=60).map(b"\r\n".join), st.binary(max_size=4000)))
def test_whatever_comes_is_read_or_said_to_be_unreadable(raw: bytes) -> None:
    found = read(raw)
    assert found.kind in KINDS
    assert not any(problem.startswith("It could not be read") for problem in found.problems)
    for text in (found.text, found.reply, found.folded, found.subject, found.sender_name):
        assert "\0" not in text
        text.encode()
    assert keys.same_mail(raw) == keys.same_mail(raw.replace(b"\r\n", b"\n"))


@settings(max_examples=FOLDED, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=25).map("\n".join),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3).map(tuple),
    st.booleans(),
)
def test_no_word_is_lost_by_folding(
    text: str, quotes: tuple[tuple[int, int], ...], answers: bool
) -> None:
    found = fold(text, quotes=quotes, answers=answers)
    assert sorted(f"{found.shown}\n{found.folded}".split()) == sorted(text.split())


@pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="there is no atheris here")
@pytest.mark.parametrize("part", LED)
def test_fuzzing_that_follows_the_code_finds_nothing(part: str, tmp_path: Path) -> None:
    for number, raw in enumerate([*(one[0] for one in SHAPES.values()), *BEGINNINGS]):
        (tmp_path / str(number)).write_bytes(raw)
    command = [sys.executable, "-m", "schoolgate.inbound.tests.fuzzing", part, str(tmp_path)]
    limits = [f"-runs={LED[part]}", "-max_len=4000", "-timeout=5", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run([*command, *limits], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    tried = re.search(r"Done (\d+) runs", done.stderr)
    assert tried is not None
    assert int(tried[1]) >= LED[part]
