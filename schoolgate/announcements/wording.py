"""How an announcement reads: the same words for everybody, and a correction says what it is."""

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolgate.announcements.models import Announcement
from schoolgate.response_clock.words import moment


def subject_of(announcement: Announcement) -> str:
    """The subject; that of a correction says so."""
    if announcement.corrects_id is None:
        return announcement.subject
    return _("Correction: {subject}").format(subject=announcement.subject)


def text_of(announcement: Announcement) -> str:
    """The words; those of a correction begin with what was wrong."""
    wrong = announcement.corrects
    if wrong is None:
        return announcement.text
    return _(
        "This corrects what we wrote on {day} (“{subject}”).\nWhat was wrong: {what}\n\n{text}"
    ).format(
        day=moment(wrong.published_at or timezone.now(), announcement.school.settings.timezone),
        subject=wrong.subject,
        what=announcement.what_was_wrong,
        text=announcement.text,
    )
