"""Looking through: what a file is, a picture made safe, a virus looked for; then it is shown.

A file waits until all this is done; what could do harm is held until a person has looked, and a
file with a virus for good (threat T9).
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from schoolgate.conversations.files import pictures
from schoolgate.conversations.files.clamd import CannotJudge, CannotScan, Clamd
from schoolgate.conversations.files.sniffing import PICTURES, WELCOME, sniff
from schoolgate.conversations.models import Attachment
from schoolgate.school import files
from schoolgate.school.models import School

logger = logging.getLogger(__name__)
MOST = 50  # files in one go
LONGEST = 20.0  # seconds for them


@dataclass(frozen=True, slots=True)
class Judged:
    """A file as it may be kept: its bytes, its type, and why it is held (empty when it is not)."""

    content: bytes
    media_type: str
    held_because: str = ""
    small: bytes = b""


def judge(content: bytes) -> Judged:
    """What is to be kept of a file, without asking any scanner."""
    media_type = sniff(content)
    if media_type in PICTURES:
        try:
            safe, media_type = pictures.made_safe(content, media_type)
            return Judged(safe, media_type, small=pictures.thumbnail(safe))
        except pictures.CannotBeRead:
            return Judged(content, media_type, _("This picture could not be read safely."))
    if media_type not in WELCOME:
        because = _("A person has to look at this kind of file first.")
        return Judged(content, media_type, because)
    return Judged(content, media_type)


def look_through(attachment: Attachment, content: bytes, *, at: datetime) -> bool:
    """Judge one file, in the caller's transaction (UTC); not done while the scanner is away."""
    virus, doubt = "", ""
    try:
        virus = Clamd(settings.CLAMD).virus_in(content) if settings.CLAMD else ""
    except CannotJudge as unsure:
        # To ask again would keep every file behind it waiting.
        logger.warning("A file is held, since the virus scanner said: %s", unsure)
        doubt = _("The virus scanner could not judge this file. A person has to look at it first.")
    except CannotScan as away:
        logger.warning("A file waits for the virus scanner: %s", away)
        attachment.held_because = _(
            "The virus scanner does not answer. We hold this file till then."
        )
        attachment.save(update_fields=["held_because"])
        return False
    attachment.looked_at = at
    if doubt:
        attachment.media_type, attachment.held_because = sniff(content), doubt
    elif virus:
        attachment.virus, attachment.media_type = virus[:120], sniff(content)
        attachment.held_because = _("A virus was found in this file. Nobody can open it here.")
    else:
        _keep(attachment, judge(content))
    attachment.save()
    return True


def look_through_waiting(*, school: School, at: datetime) -> int:
    """Judge the files of a school that wait, in the caller's transaction; how many were (UTC)."""
    waiting = Attachment.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        school=school, looked_at=None, stored__isnull=False
    )
    done, until = 0, time.monotonic() + LONGEST
    for attachment in waiting.select_related("stored", "school").order_by("pk")[:MOST]:
        assert attachment.stored is not None  # asked for above
        if not look_through(attachment, files.read(attachment.stored), at=at):
            break  # the scanner is away, for all of them
        done += 1
        if time.monotonic() > until:
            break  # a slow scanner holds no row for long; the rest comes in a minute
    return done


def ask_to_look_through(school: School) -> None:
    """Ask the worker, in the caller's transaction; one that waits already is enough."""
    try:
        with transaction.atomic():
            app.configure_task(
                "conversations.look_through_files", queueing_lock=f"look-through-{school.pk}"
            ).defer(school_id=school.pk)
    except AlreadyEnqueued:
        return


def _keep(attachment: Attachment, judged: Judged) -> None:
    """The safe bytes in the place of those that came."""
    school, came = attachment.school, attachment.stored
    attachment.stored = files.keep(school=school, content=judged.content)
    attachment.media_type, attachment.held_because = judged.media_type, judged.held_because
    if judged.small:
        attachment.thumbnail = files.keep(school=school, content=judged.small)
    if came and attachment.stored != came:
        attachment.save()
        files.forget_unless_used(came)
