"""How an announcement reads: the same words for everybody, and a correction says what it is."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.announcements.models import Announcement
from schoolgate.delivery.compose import about_sentences
from schoolgate.delivery.models import Content, ContentWords
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.people.queries import roles_of
from schoolgate.response_clock.words import moment
from schoolgate.school.clock import now


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
        day=moment(wrong.published_at or now(), announcement.school.settings.timezone),
        subject=wrong.subject,
        what=announcement.what_was_wrong,
        text=announcement.text,
    )


def text_message(announcement: Announcement) -> str:
    """The words of a text, and of a call: who writes, and what."""
    return _("{school}: {subject}. {text}").format(
        school=announcement.school.name,
        subject=subject_of(announcement).rstrip(". "),
        text=text_of(announcement),
    )


def about(names: Sequence[str]) -> str:
    """Which children it is about, in the words of the email; nothing where it names none."""
    of_one, of_several = about_sentences()
    if len(names) < 2:
        return of_one.format(child=names[0]) if names else ""
    return of_several.format(children=", ".join(names[:-1]), last=names[-1])


def _who_answers(announcement: Announcement, at: datetime) -> TeamMember | None:
    """Whoever wrote it has the families' answers; the office's are the office's (Clause 1.0-A2)."""
    offices = {RoleHolding.Role.OFFICE, RoleHolding.Role.CENTRAL_SENDER}
    writer = announcement.author
    return None if offices & roles_of(writer, at) else writer


def content_of(announcement: Announcement, at: datetime) -> Content:
    """Write the content that the post room carries, in every language that somebody wrote (UTC)."""
    content = Content.objects.create(
        school=announcement.school,
        purpose=announcement.purpose,
        subject=subject_of(announcement)[:200],
        text=text_of(announcement),
        written_by=announcement.sender.name if announcement.sender else "",
        level=announcement.level,
        is_safety=announcement.is_safety,
        asks=announcement.asks,
        thread_page=announcement.page,
        answers_to=_who_answers(announcement, at),
        written_at=at,
    )
    ContentWords.objects.bulk_create(
        ContentWords(
            school=announcement.school,
            content=content,
            language=other.language,
            subject=other.subject,
            text=other.text,
        )
        for other in announcement.other_words.all()
    )
    return content


def in_words(key: str) -> str:
    """A channel, a state of a row, or a reason, in words for the team."""
    return {
        "portal": _("Portal only"),
        "email": _("Email"),
        "sms": _("Text"),
        "push": _("Notice on their phone"),
        "voice": _("Call"),
        "letter": _("Letter"),
        "waiting": _("waiting"),
        "claimed": _("in hand"),
        "sent": _("handed over"),
        "failed": _("failed"),
        "not entitled": _("may receive it no more"),
        "owed": _("to send by iSAMS"),
        "handed off": _("sent by iSAMS"),
        "gathered": _("in their next summary"),
        "taken back": _("taken back"),
        "no route": _("No way to reach them is known."),
        "failing": _("Every way to reach them has failed."),
        "nothing is safe": _("Nothing can safely be sent to them: ask who sees to it first."),
        "not allowed": _("They have a way, but this message may not take it."),
        "no consent": _("They have not agreed to optional news."),
        "paused": _("They have paused announcements."),
        "all failed": _("Everything that was sent to them failed."),
        "not confirmed": _("They have not answered."),
        "spoke": _("Spoke"),
        "voicemail": _("Left a voicemail"),
        "no answer": _("No answer"),
        "engaged": _("Engaged"),
        "wrong number": _("Wrong number"),
    }.get(key, key)
