"""Files: their type is sniffed and not believed, and pictures do not tell where they were taken."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.test import override_settings
from PIL import Image

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.actions.looking_through import judge, look_through_waiting
from schoolgate.conversations.actions.receiving import Words, receive
from schoolgate.conversations.actions.releasing import release
from schoolgate.conversations.errors import CannotBeReleased, ReasonMissing
from schoolgate.conversations.files.clamd import CannotScan, Clamd
from schoolgate.conversations.files.sniffing import ARCHIVE, MACRO, OFFICE, sniff
from schoolgate.conversations.models import Attachment, Conversation
from schoolgate.conversations.tests.acting import actor_of, writes
from schoolgate.ledger.actors import Actor
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.fake_clamd import EICAR, FakeClamd
from schoolgate.school import files
from schoolgate.school.models import StoredFile

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ROTATED, PLACE, CAMERA = 0x0112, 0x8825, 0x010F


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture as a phone makes it: turned by a mark, with place and device."""
    picture, target = Image.new("RGB", size, "red"), io.BytesIO()
    marks = picture.getexif()
    marks[ROTATED], marks[CAMERA] = 6, "Phone of Ewa"
    marks.get_ifd(PLACE)[1] = "N"
    picture.save(target, kind, exif=marks)
    return target.getvalue()


def archive(*names: str) -> bytes:
    """A zip with parts of these names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in ("[Content_Types].xml", *names):
            made.writestr(name, "<x/>")
    return target.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_is_turned_upright_and_loses_place_and_device(kind: str) -> None:
    found = judge(photo(kind))
    assert found.held_because == "" and b"Phone of Ewa" not in found.content
    with Image.open(io.BytesIO(found.content)) as picture:
        # What writes HEIF in this test turns the picture itself.
        assert picture.size == ((40, 20) if kind == "HEIF" else (20, 40))
        assert not dict(picture.getexif())
    with Image.open(io.BytesIO(found.small)) as small:
        assert small.format == "JPEG" and not dict(small.getexif())


def test_what_iphones_write_becomes_what_browsers_show() -> None:
    assert judge(photo("HEIF")).media_type == "image/jpeg"


def test_a_large_picture_is_kept_at_a_size_that_is_of_use() -> None:
    with Image.open(io.BytesIO(judge(photo(size=(9000, 3000))).content)) as picture:
        assert max(picture.size) <= 4096
    with Image.open(io.BytesIO(judge(photo(size=(3000, 2000))).small)) as small:
        assert max(small.size) == 320


def test_a_picture_with_more_points_than_memory_allows_is_held() -> None:
    target = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(target, "PNG")
    assert judge(target.getvalue()).held_because


@pytest.mark.parametrize(
    ("content", "media_type", "held"),
    [
        (archive("word/document.xml"), OFFICE + "wordprocessingml.document", False),
        (archive("xl/workbook.xml"), OFFICE + "spreadsheetml.sheet", False),
        (archive("ppt/presentation.xml"), OFFICE + "presentationml.presentation", False),
        (archive("word/document.xml", "word/vbaProject.bin"), MACRO, True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"_VBA_PROJECT", MACRO, True),
        (archive("letter.txt"), "application/zip", True),
        (b"PK\x03\x04 broken", "application/zip", True),
        (b"Rar!\x1a\x07\x01\x00" + bytes(20), "application/vnd.rar", True),
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), "application/x-7z-compressed", True),
        (b"\x1f\x8b\x08\x00" + bytes(20), "application/gzip", True),
        (b"%PDF-1.7\n", "application/pdf", False),
        ("Zażółć gęślą jaźń".encode(), "text/plain", False),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar", False),
        (b"<html><script>alert(1)</script></html>", "text/html", True),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml", True),
        (b"MZ\x90\x00" + bytes(100), "application/vnd.microsoft.portable-executable", True),
        (bytes(range(256)), "application/octet-stream", True),
    ],
)
def test_a_file_is_what_its_bytes_say_and_what_could_do_harm_is_held(
    content: bytes, media_type: str, held: bool
) -> None:
    found = judge(content)
    assert (found.media_type, bool(found.held_because)) == (media_type, held)


def test_a_picture_that_can_not_be_read_is_kept_and_held() -> None:
    broken = photo()[:200]
    found = judge(broken)
    assert found.content == broken and found.held_because


@pytest.fixture
def thread(medway: Cast) -> Conversation:
    """Nina's conversation about Noah."""
    return writes(medway, "nina", "noah", NOW)


def sends(thread: Conversation, content: bytes, name: str = "bag.jpg") -> Attachment:
    """The carer of a thread adds a file."""
    message = receive(
        actor=Actor("carer", thread.carer_id),
        conversation=thread,
        carer=thread.carer,
        words=Words(body="Look.", at=NOW, uploads=(Upload(name, content),)),
    )
    return message.attachments.get()


def test_a_small_file_is_there_at_once_and_the_picture_with_its_place_is_forgotten(
    medway: Cast, thread: Conversation
) -> None:
    came = photo()
    attachment = sends(thread, came)
    assert attachment.held_because == "" and attachment.looked_at == NOW
    assert b"Phone of Ewa" not in files.read(attachment.stored)
    assert not StoredFile.objects.filter(size=len(came)).exists()


@pytest.mark.clause("2.2-T5")
def test_large_files_wait_for_the_worker_and_nobody_has_them_before(
    medway: Cast, thread: Conversation
) -> None:
    attachment = sends(thread, b"%PDF-1.7\n" + b"x" * 3_000_000, "letter.pdf")
    assert attachment.looked_at is None
    nina = enters(medway, "nina")
    path = f"/medway-green/files/{attachment.public_id}/"
    assert nina.get(path).status_code == 404
    assert "We are looking through this file" in nina.get(thread.page).text
    assert look_through_waiting(school=medway.school, at=NOW) == 1
    assert nina.get(path).status_code == 200


def test_a_virus_is_found_and_the_file_stays_held(medway: Cast, thread: Conversation) -> None:
    with FakeClamd() as clamd, override_settings(CLAMD=clamd.address):
        clean, bad = sends(thread, b"%PDF-1.7\n"), sends(thread, EICAR, "invoice.pdf")
        assert look_through_waiting(school=medway.school, at=NOW) == 2
    clean.refresh_from_db()
    bad.refresh_from_db()
    assert (clean.held_because, clean.virus) == ("", "")
    assert bad.virus == "Eicar-Test-Signature" and "virus" in bad.held_because
    with pytest.raises(CannotBeReleased):
        released(medway, bad)


def test_while_the_scanner_is_away_files_are_held_and_say_so(
    medway: Cast, thread: Conversation
) -> None:
    with FakeClamd() as clamd:
        address = clamd.address
    with override_settings(CLAMD=address):
        attachment = sends(thread, b"%PDF-1.7\n")
        assert look_through_waiting(school=medway.school, at=NOW) == 0
        attachment.refresh_from_db()
        assert "scanner does not answer" in attachment.held_because
        with pytest.raises(CannotBeReleased):
            released(medway, attachment)
    with FakeClamd() as clamd, override_settings(CLAMD=clamd.address):
        assert look_through_waiting(school=medway.school, at=NOW) == 1
    attachment.refresh_from_db()
    assert attachment.held_because == ""


def test_a_scanner_that_says_nonsense_has_found_nothing_out() -> None:
    with FakeClamd(says=b"stream: something ERROR\0") as clamd, pytest.raises(CannotScan):
        Clamd(clamd.address).virus_in(b"x")


def test_a_file_that_the_scanner_can_not_judge_keeps_no_other_waiting(
    medway: Cast, thread: Conversation
) -> None:
    with FakeClamd(most=1_000_000) as clamd, override_settings(CLAMD=clamd.address):
        large = sends(thread, b"%PDF-1.7\n" + b"x" * 9_000_000)
        small = sends(thread, b"%PDF-1.7\n")
        assert look_through_waiting(school=medway.school, at=NOW) == 2
    large.refresh_from_db()
    small.refresh_from_db()
    assert "could not judge" in large.held_because and small.held_because == ""
    assert enters(medway, "nina").get(f"/medway-green/files/{large.public_id}/").status_code == 404


def test_an_archive_with_endless_parts_is_held_unread() -> None:
    assert sniff(b"PK\x03\x04" + b"PK\x01\x02" * 400_000) == ARCHIVE


def released(cast: Cast, attachment: Attachment, reason: str = "A list of her drawings") -> None:
    """Somebody of the office lets a file be opened."""
    release(
        actor=actor_of(cast, "joan"),
        member=cast.team["joan"],
        attachment=attachment,
        reason=reason,
        at=NOW,
    )


def test_a_held_file_is_opened_when_a_person_has_looked_and_says_why(
    medway: Cast, thread: Conversation
) -> None:
    attachment = sends(thread, archive("drawings.txt"), "drawings.zip")
    assert attachment.held_because
    with pytest.raises(ReasonMissing):
        released(medway, attachment, " ")
    tutor, nina = enters(medway, "priya"), enters(medway, "nina")
    path = f"/medway-green/files/{attachment.public_id}/"
    assert nina.get(path).status_code == 404
    assert f"{path}release/" in tutor.get(thread.page).text
    assert f"{path}release/" not in nina.get(thread.page).text
    assert nina.post(f"{path}release/", {"reason": "mine"}).status_code == 404
    assert enters(medway, "ewa").post(f"{path}release/", {"reason": "x"}).status_code == 404
    assert tutor.post(f"{path}release/", {"reason": "Drawings"}).status_code == 302
    assert nina.get(path)["Content-Type"] == "application/octet-stream"


def test_thumbnails_are_for_those_who_see_the_thread(medway: Cast, thread: Conversation) -> None:
    attachment = sends(thread, photo())
    path = f"/medway-green/files/{attachment.public_id}/thumbnail/"
    assert enters(medway, "nina").get(path)["Content-Type"] == "image/jpeg"
    assert enters(medway, "ewa").get(path).status_code == 404
    plain = sends(thread, b"words")
    path = f"/medway-green/files/{plain.public_id}/thumbnail/"
    assert enters(medway, "nina").get(path).status_code == 404
