"""Attaching: type sniffed, pictures stripped of metadata, limits with a kind answer."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from schoolgate.conversations.errors import AttachmentTooLarge
from schoolgate.conversations.models import Attachment, Message
from schoolgate.school import files

MEGABYTE = 1024 * 1024
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
ARCHIVE = "application/zip"
OFFICE = "application/vnd.openxmlformats-officedocument."
# A part that only such a file has, and its type.
OFFICE_FILES = {
    "word/document.xml": OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": OFFICE + "spreadsheetml.sheet",
    "ppt/presentation.xml": OFFICE + "presentationml.presentation",
    "content.xml": "application/vnd.oasis.opendocument.text",
}
# Shown or downloaded as they are; every other type is kept and held until a person has looked.
WELCOME = frozenset(
    {
        *PICTURES,
        "application/pdf",
        "text/plain",
        "application/msword",
        *OFFICE_FILES.values(),
        "audio/mpeg",
        "audio/mp4",
        "audio/x-wav",
    }
)


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name and its bytes; of one over the limit only how large it is."""

    name: str
    content: bytes
    told_size: int = 0

    @property
    def size(self) -> int:
        """How large it is, in bytes."""
        return max(len(self.content), self.told_size)


def check_sizes(uploads: Iterable[Upload]) -> None:
    """Refuse a file over the limit by name, before anything is kept. Raises AttachmentTooLarge."""
    limit = settings.ATTACHMENT_LIMIT_MB
    for upload in uploads:
        if upload.size > limit * MEGABYTE:
            raise AttachmentTooLarge(
                _(
                    "“{name}” is larger than {limit} MB, which is the most that we can take. "
                    "Your words are kept. You could send a smaller picture, or ring us."
                ).format(name=upload.name, limit=limit)
            )


def attach(message: Message, uploads: Iterable[Upload]) -> None:
    """Keep each file with a message (threat T9)."""
    for upload in uploads:
        content, media_type, held = judge(upload)
        Attachment.objects.create(
            school=message.school,
            message=message,
            stored=files.keep(school=message.school, content=content),
            name=_plain_name(upload.name),
            media_type=media_type,
            held_because=held,
        )


def judge(upload: Upload) -> tuple[bytes, str, str]:
    """The bytes to keep, the type as sniffed, and why it is held (empty when it is not)."""
    media_type = sniff(upload.content)
    if media_type in PICTURES:
        try:
            return without_metadata(upload.content, PICTURES[media_type]), media_type, ""
        except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
            return upload.content, media_type, _("This picture could not be read safely.")
    if media_type not in WELCOME:
        return upload.content, media_type, _("A person has to look at this kind of file first.")
    return upload.content, media_type, ""


def sniff(content: bytes) -> str:
    """The type by the bytes alone; plain text when it reads as text."""
    if content.startswith(b"PK\x03\x04"):
        return _inside_an_archive(content)
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
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return ARCHIVE
    if any(name.endswith("vbaProject.bin") for name in names):
        return "application/vnd.ms-office.macro"
    return next((kind for part, kind in OFFICE_FILES.items() if part in names), ARCHIVE)


def without_metadata(content: bytes, kind: str) -> bytes:
    """The picture turned upright, without place, device or time data (threat T9)."""
    with Image.open(io.BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture) or picture
        clean = Image.new(upright.mode, upright.size)
        if upright.mode == "P" and upright.getpalette():
            clean.putpalette(upright.getpalette() or [])
        clean.paste(upright)
        target = io.BytesIO()
        clean.save(target, kind, quality=88)
    return target.getvalue()


def _plain_name(name: str) -> str:
    cleaned = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    return cleaned[-200:] or _("file")
