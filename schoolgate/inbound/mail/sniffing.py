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
_UNSAID = {"application/octet-stream", "application/x-unknown", "application/binary", ""}
# Forms that are packed in another one: the name says which.
_CONTAINERS = {"application/zip", "application/x-ole-storage"}


def type_of(content: bytes, told: str, name: str) -> str:
    """The type of a file: by its bytes, else as told, else by its name."""
    seen = next((kind for start, kind in _STARTS.items() if content.startswith(start)), "")
    if content[4:8] == b"ftyp":
        seen = "image/heic" if content[8:11] in {b"hei", b"mif", b"hev"} else "video/mp4"
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        seen = "image/webp"
    told = told if told.count("/") == 1 else ""
    named = mimetypes.guess_type(name[-100:])[0] or ""
    if seen in _CONTAINERS:
        said = named if told in _UNSAID else told
        return said if said.startswith("application/") else seen
    if seen and seen.partition("/")[0] != told.partition("/")[0]:
        return seen
    if seen.startswith("image/"):
        return seen
    return told if told not in _UNSAID else seen or named or "application/octet-stream"
