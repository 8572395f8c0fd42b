"""A subject that we write is read as it was written: no space between its words is lost."""

import re
import shutil
import subprocess
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.inbound.mail.reading import read
from schoolgate.inbound.tests.test_every_python import pythons

# Sentences as a school may write above a message, in the languages that lost spaces.
SENTENCES = {
    "ur": "آپ کے بچے کا آج کا دن اچھا گزرا اور کل صبح بس آدھا گھنٹہ دیر سے آئے گی",
    "pa": "ਤੁਹਾਡੇ ਬੱਚੇ ਦਾ ਅੱਜ ਦਾ ਦਿਨ ਚੰਗਾ ਸੀ ਅਤੇ ਕੱਲ੍ਹ ਸਵੇਰੇ ਬੱਸ ਦੇਰ ਨਾਲ ਆਵੇਗੀ",
    "bn": "আপনার সন্তানের আজকের দিন ভালো কেটেছে এবং কাল সকালে বাস দেরি করে আসবে",
    "cy": "Cafodd eich plentyn ddiwrnod da heddiw a bydd y bws yn hwyr bore yfory, diolch â’r tŷ",
    "pl": "Dziecko miało dziś dobry dzień, a jutro rano autobus przyjedzie później, proszę czekać",
    "ar": "كان يوم طفلكم جيدا اليوم وستتأخر الحافلة صباح الغد نصف ساعة",
    "uk": "У вашої дитини сьогодні був добрий день, а завтра вранці автобус запізниться",
    "so": "Ilmahaagu maanta maalin wanaagsan ayuu lahaa, baska berri subax wuu soo daahi doonaa",
    "en": "It’s a good day – the bus is late tomorrow morning, and school closes at three",
}
SUBJECTS = [
    (language, subject)
    for language, sentence in SENTENCES.items()
    for start in range(4)
    for subject in accumulate(sentence.split()[start:], lambda one, word: f"{one} {word}")
]


def letter(subject: str, sender_name: str = "Priya Nair") -> bytes:
    """One email as it leaves."""
    words = Words(
        sender="in@school.example",
        sender_name=sender_name,
        domains=("school.example",),
        subject=subject,
        text="x",
    )
    return as_bytes(Letter(key="1", to="n@example.org", reply_to="in@school.example", words=words))


def by_the_standard_library(content: bytes, name: str) -> str:
    """What others make of a header, by the old reading and the new."""
    new = str(message_from_bytes(content, policy=policy.default)[name])
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", message_from_bytes(content)[name])
    old = str(make_header(decode_header(unfolded)))
    assert new == old
    return new


@pytest.mark.parametrize("language", SENTENCES)
def test_a_folded_subject_loses_no_space_between_words(language: str) -> None:
    for subject in (one for its, one in SUBJECTS if its == language):
        content = letter(subject)
        assert read(content).subject == subject
        assert by_the_standard_library(content, "Subject") == subject


@pytest.mark.parametrize("language", SENTENCES)
def test_a_name_beyond_ascii_loses_no_space_either(language: str) -> None:
    for subject in (one for its, one in SUBJECTS if its == language):
        mail = read(letter("x", sender_name=f"Priya, {subject}"))
        assert (mail.sender, mail.sender_name) == ("in@school.example", f"Priya, {subject}")
        assert mail.reply_to == "in@school.example"


@given(st.text(min_size=1, max_size=120))
def test_any_subject_is_read_as_it_was_written_on_lines_that_are_short(subject: str) -> None:
    try:
        subject.encode()
    except UnicodeEncodeError:
        return  # half a letter
    content = letter(subject)
    wanted = " ".join(subject.split())
    assert by_the_standard_library(content, "Subject") == wanted
    head = content.partition(b"\r\n\r\n")[0]
    found = re.search(rb"(?m)^Subject:.*(?:\r\n[ \t].*)*", head)
    assert found
    if not wanted.isascii():
        assert max(map(len, found[0].split(b"\r\n"))) <= 78


@pytest.mark.parametrize("python", pythons())
def test_every_python_of_this_machine_writes_and_reads_them_alike(python: str) -> None:
    script = (
        "import sys; from email import message_from_binary_file, policy; "
        "m = message_from_binary_file(sys.stdin.buffer, policy=policy.default); "
        "sys.stdout.buffer.write(str(m['Subject']).encode())"
    )
    for language in ("ur", "pa", "bn", "cy", "pl"):
        subject = SENTENCES[language]
        done = subprocess.run([python, "-c", script], input=letter(subject), capture_output=True)
        assert done.stdout.decode() == subject
    assert shutil.which(python)
