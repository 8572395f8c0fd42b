"""What a file is by its first bytes, where that is certain; pure."""

import mimetypes

_STARTS = {
    b"%PDF-": "application/pdf", b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif", b"GIF89a": "image/gif", b"II*\0": "image/tiff", b"MM\0*": "image/tiff",
    b"7z\xbc\xaf": "application/x-7z-compressed", b"Rar!\x1a": "application/vnd.rar",
    b"\x1f\x8b": "application/gzip", b"MZ": "application/vnd.microsoft.portable-executable",
    b"{\\rtf": "application/rtf", b"ID3": "audio/mpeg", b"OggS": "audio/ogg",
    b"\x7fELF": "application/x-executable", b"BEGIN:VCARD": "text/vcard",
    b"\xd0\xcf\x11\xe0": "application/x-ole-storage", b"PK\x03\x04": "application/zip",
}  # fmt: skip
_BRANDS = {
    b"hei": "image/heic", b"mif": "image/heic", b"hev": "image/heic", b"avi": "image/avif",
    b"qt ": "video/quicktime", b"3gp": "video/3gpp", b"3g2": "video/3gpp2", b"M4A": "audio/mp4",
}  # fmt: skip
# What stands in a packed file tells which it is, where it has no name.
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PACKED = {
    b"word/document.xml": _OFFICE + "wordprocessingml.document",
    b"xl/workbook.xml": _OFFICE + "spreadsheetml.sheet",
    b"ppt/presentation.xml": _OFFICE + "presentationml.presentation",
    b"mimetypeapplication/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet":
        "application/vnd.oasis.opendocument.spreadsheet",
    "WordDocument".encode("utf_16_le"): "application/msword",
    "Workbook".encode("utf_16_le"): "application/vnd.ms-excel",
    "PowerPoint Document".encode("utf_16_le"): "application/vnd.ms-powerpoint",
}  # fmt: skip
LOOKED = 200_000  # bytes at each end of a packed file
_UNSAID = {"application/octet-stream", "application/x-unknown", "application/binary", ""}
# Forms that are packed in another one: the name says which.
_CONTAINERS = {"application/zip", "application/x-ole-storage"}


def _inside(content: bytes) -> str:
    """What a packed file is by the names in it."""
    ends = content[:LOOKED] + content[-LOOKED:]
    return next((kind for mark, kind in _PACKED.items() if mark in ends), "")


def type_of(content: bytes, told: str, name: str) -> str:
    """The type of a file: by its bytes, else as told, else by its name."""
    seen = next((kind for start, kind in _STARTS.items() if content.startswith(start)), "")
    if content[4:8] == b"ftyp":
        seen = _BRANDS.get(content[8:11], "video/mp4")
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        seen = "image/webp"
    told = told if told.count("/") == 1 else ""
    named = mimetypes.guess_type(name[-100:])[0] or ""
    if seen in _CONTAINERS:
        inside = _inside(content)
        if inside and not told.startswith("application/vnd"):
            return inside
        said = named if told in _UNSAID else told
        return said if said.startswith("application/") else seen
    if seen and seen.partition("/")[0] != told.partition("/")[0]:
        return seen
    if seen.startswith("image/"):
        return seen
    return told if told not in _UNSAID else seen or named or "application/octet-stream"
