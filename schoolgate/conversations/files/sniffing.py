"""What a file is, by its bytes alone; what it calls itself is not believed (threat T9)."""

import io
import zipfile

import puremagic

ARCHIVE = "application/zip"
MACRO = "application/vnd.ms-office.macro"
OFFICE = "application/vnd.openxmlformats-officedocument."
# A part that only such a file has, and its type.
OFFICE_FILES = {
    "word/document.xml": OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": OFFICE + "spreadsheetml.sheet",
    "ppt/presentation.xml": OFFICE + "presentationml.presentation",
    "content.xml": "application/vnd.oasis.opendocument.text",
}
HEIF = "image/heic"
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", HEIF})
# What a browser plays; the rest of what can be heard is downloaded.
PLAYED = frozenset({"audio/mpeg", "audio/mp4", "audio/x-wav", "audio/wav", "audio/ogg"})
# Shown or downloaded as they are; every other type is kept and held until a person has looked.
WELCOME = frozenset(
    {
        *PICTURES,
        "application/pdf",
        "text/plain",
        "text/calendar",
        "message/rfc822",
        "application/msword",
        *OFFICE_FILES.values(),
        *PLAYED,
        "audio/amr",
    }
)
MOST_PARTS = 5_000  # of an archive; reading the list of more would take long
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"heif"}
_MPEG_SOUND = {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MACROS = (b"V\0B\0A\0", b"_VBA_PROJECT", b"M\0a\0c\0r\0o\0s\0", b"_\0V\0B\0A\0_\0P\0R\0O\0")
_BY_BEGINNING = (
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
)


def sniff(content: bytes) -> str:
    """The type by the bytes alone; plain text when it reads as text."""
    if content.startswith(b"PK\x03\x04"):
        return _inside_an_archive(content)
    if content.startswith(_OLE) and any(mark in content for mark in _OLE_MACROS):
        return MACRO
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return HEIF
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/x-wav"
    if content[4:8] == b"ftyp" and content[8:11] in {b"M4A", b"M4B"}:
        return "audio/mp4"
    if content.startswith(b"ID3") or content[:2] in _MPEG_SOUND:
        return "audio/mpeg"
    told = next((kind for start, kind in _BY_BEGINNING if content.startswith(start)), "")
    if told:
        return told
    try:
        found = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found:
        return str(found)
    try:
        content.decode()
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain" if b"\0" not in content else "application/octet-stream"


def _inside_an_archive(content: bytes) -> str:
    """Office files are archives too: what lies in them says what they are, macros included."""
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        return ARCHIVE
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return ARCHIVE
    if any(name.endswith("vbaProject.bin") for name in names):
        return MACRO
    return next((kind for part, kind in OFFICE_FILES.items() if part in names), ARCHIVE)
