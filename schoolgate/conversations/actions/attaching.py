"""Attaching: files are kept with a message, with limits and a kind answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.looking_through import ask_to_look_through, look_through
from schoolgate.conversations.errors import AttachmentTooLarge
from schoolgate.conversations.models import Attachment, Message
from schoolgate.school import files

MEGABYTE = 1024 * 1024
AT_ONCE = 2 * MEGABYTE  # what is more is looked through by the worker


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
    """Keep each file with a message; nobody has it before it was looked through (threat T9).

    A few small ones are looked through at once; all others, and all where a virus scanner is to be
    asked, by the worker in a moment.
    """
    uploads = list(uploads)
    made = [_kept(message, upload) for upload in uploads]
    if not made:
        return
    if settings.CLAMD or sum(upload.size for upload in uploads) > AT_ONCE:
        ask_to_look_through(message.school)
        return
    for attachment, upload in zip(made, uploads, strict=True):
        look_through(attachment, upload.content, at=message.at)


def await_file(message: Message, name: str) -> Attachment:
    """Show that a file is on its way from a telephone company; `hand_in` brings it."""
    return Attachment.objects.create(
        school=message.school,
        message=message,
        name=_plain_name(name),
        media_type="",
        held_because=_("We are fetching this from the telephone company."),
    )


def hand_in(attachment: Attachment, content: bytes) -> None:
    """Keep a file that was awaited; the worker looks through it, as through every other."""
    attachment.stored = files.keep(school=attachment.school, content=content)
    attachment.held_because = _("We are looking through this file. It will be here in a moment.")
    attachment.save(update_fields=["stored", "held_because"])
    ask_to_look_through(attachment.school)


def give_up(attachment: Attachment, because: str) -> None:
    """Say that a file that was awaited will not come, and why."""
    attachment.held_because = because[:120]
    attachment.save(update_fields=["held_because"])


def _kept(message: Message, upload: Upload) -> Attachment:
    return Attachment.objects.create(
        school=message.school,
        message=message,
        stored=files.keep(school=message.school, content=upload.content),
        name=_plain_name(upload.name),
        media_type="",
        held_because=_("We are looking through this file. It will be here in a moment."),
    )


def _plain_name(name: str) -> str:
    cleaned = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    return cleaned[-200:] or _("file")
