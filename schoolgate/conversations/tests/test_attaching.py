"""Files: their type is sniffed and not believed, and pictures do not tell where they were taken."""

import io
import zipfile

import pytest
from PIL import Image

from schoolgate.conversations.actions.attaching import OFFICE, Upload, judge

ROTATED, PLACE, CAMERA = 0x0112, 0x8825, 0x010F


def photo(kind: str = "JPEG") -> bytes:
    """A picture as a phone makes it: turned by a mark, with place and device."""
    picture, target = Image.new("RGB", (40, 20), "red"), io.BytesIO()
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


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_turned_upright_and_loses_place_and_device(kind: str) -> None:
    content, _, held = judge(Upload("photo", photo(kind)))
    assert held == "" and b"Phone of Ewa" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (20, 40)
        assert not dict(picture.getexif())


@pytest.mark.parametrize(
    ("content", "media_type", "held"),
    [
        (archive("word/document.xml"), OFFICE + "wordprocessingml.document", False),
        (archive("xl/workbook.xml"), OFFICE + "spreadsheetml.sheet", False),
        (archive("ppt/presentation.xml"), OFFICE + "presentationml.presentation", False),
        (
            archive("word/document.xml", "word/vbaProject.bin"),
            "application/vnd.ms-office.macro",
            True,
        ),
        (archive("letter.txt"), "application/zip", True),
        (b"PK\x03\x04 broken", "application/zip", True),
        (b"%PDF-1.7\n", "application/pdf", False),
        ("Zażółć gęślą jaźń".encode(), "text/plain", False),
        (b"<html><script>alert(1)</script></html>", "text/html", True),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml", True),
        (b"MZ\x90\x00" + bytes(100), "application/vnd.microsoft.portable-executable", True),
        (bytes(range(256)), "application/octet-stream", True),
    ],
)
def test_a_file_is_what_its_bytes_say_and_what_could_do_harm_is_held(
    content: bytes, media_type: str, held: bool
) -> None:
    _, found, because = judge(Upload("letter.pdf", content))
    assert (found, bool(because)) == (media_type, held)


def test_a_picture_that_can_not_be_read_is_kept_and_held() -> None:
    broken = photo()[:200]
    content, _, because = judge(Upload("photo.jpg", broken))
    assert content == broken and because
