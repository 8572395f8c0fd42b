"""What must be so before an announcement may be asked for or sent."""

import re

from schoolgate.announcements.errors import NobodyChosen, NotFilledIn, NothingWritten
from schoolgate.announcements.models import Announcement

GAP = re.compile(r"\[[^\[\]\n]{1,60}\]")


def check_ready(announcement: Announcement) -> None:
    """Words, no gap left of a template, and an audience; else the error says which is missing.

    Raises NothingWritten, NotFilledIn, NobodyChosen.
    """
    if not announcement.subject.strip() or not announcement.text.strip():
        raise NothingWritten
    if gaps(announcement):
        raise NotFilledIn(NotFilledIn.__doc__, " ".join(gaps(announcement)))
    if announcement.corrects_id is None and not announcement.parts.exists():
        raise NobodyChosen


def gaps(announcement: Announcement) -> list[str]:
    """The gaps of a template that nobody has filled in yet."""
    return GAP.findall(f"{announcement.subject}\n{announcement.text}")
