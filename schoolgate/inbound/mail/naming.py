"""What a file of a mail is called: as it says, else by what it is; pure."""

import re
from email.message import Message

from schoolgate.inbound.mail import charsets, headers

# Endings that a system's own table of types may lack, or gives otherwise on each machine.
_ENDINGS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.ms-word.document.macroenabled.12": "docm",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsm",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/msword": "doc", "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt", "application/x-ole-storage": "bin",
    "application/vnd.rar": "rar", "application/x-7z-compressed": "7z", "application/gzip": "gz",
    "application/vnd.microsoft.portable-executable": "exe", "application/octet-stream": "bin",
    "application/x-executable": "bin", "application/pkcs7-mime": "p7m",
    "text/plain": "txt", "text/html": "html", "text/calendar": "ics", "text/vcard": "vcf",
    "message/rfc822": "eml", "image/jpeg": "jpg", "image/svg+xml": "svg", "image/tiff": "tif",
    "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/x-m4a": "m4a", "audio/amr": "amr",
    "audio/ogg": "ogg", "video/mp4": "mp4", "video/quicktime": "mov", "video/3gpp": "3gp",
    "video/3gpp2": "3g2", "video/x-msvideo": "avi", "video/x-ms-wmv": "wmv",
    "video/webm": "webm", "video/x-matroska": "mkv", "video/mpeg": "mpg",
}  # fmt: skip


def name_of(part: Message) -> str:
    """The name that a part bears, without a path; empty for none."""
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError, LookupError, AttributeError):
        name = "file"
    if not name.isascii():
        name = charsets.decode(name.encode("utf-8", "surrogateescape"), None)
    plain = headers.decoded(name).replace("\\", "/").rpartition("/")[2] if name else ""
    return plain[-200:]


def made_up(kind: str) -> str:
    """A name for what has none, with the ending of its type."""
    kind = kind.lower()
    subtype = re.sub(r"[^a-z0-9]", "", kind.partition("/")[2].removeprefix("x-"))[:10]
    return f"file.{_ENDINGS.get(kind) or subtype or 'bin'}"
