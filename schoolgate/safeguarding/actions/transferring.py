"""When a child leaves: the file goes to the next school, encrypted, within five days (KCSIE)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.people.access import Role, Who
from schoolgate.people.models import Pupil
from schoolgate.people.queries import holders
from schoolgate.response_clock.words import moment
from schoolgate.safeguarding import access, asked
from schoolgate.safeguarding.actions.reading import log_view
from schoolgate.safeguarding.chronology import Entry, entries
from schoolgate.safeguarding.errors import NothingWritten
from schoolgate.safeguarding.models import FileStep, View
from schoolgate.safeguarding.paper import Line, encrypted, printed
from schoolgate.safeguarding.standing import records
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School
from schoolgate.working_time.errors import BeyondCalendarError

DAYS, REMIND_AFTER = 5, 3


@dataclass(frozen=True, slots=True)
class Owed:
    """A file that has no receipt yet, and by when it is to be there (UTC)."""

    pupil: Pupil
    left_on: date
    due_at: datetime
    made: FileStep | None


def owed(who: Who) -> list[Owed]:
    """The files of children who left, as far as somebody may read them, soonest due first."""
    assert who.school is not None  # the page is a school's
    left = dict(asked.files_owed())
    pupils = access.children(who).filter(pk__in=left)
    made = {one.pupil_id: one for one in access.file_steps(who).filter(kind=FileStep.Kind.MADE)}
    found = [
        Owed(
            one, left[one.pk], working_days_after(who.school, left[one.pk], DAYS), made.get(one.pk)
        )
        for one in pupils
    ]
    return sorted(found, key=lambda one: one.due_at)


def working_days_after(school: School, day: date, days: int) -> datetime:
    """The closing of a working day after a day; calendar days where nothing is known (UTC)."""
    calendar = reply_calendar(school)
    start = calendar.local_moment(datetime.combine(day, time(12)))
    try:
        return calendar.end_of_working_day(start, days)
    except BeyondCalendarError:
        return start + timedelta(days=days)


@transaction.atomic
def make_file(*, who: Who, pupil: Pupil, to_school: str, phrase: str, at: datetime) -> bytes:
    """The whole file about a child as one encrypted PDF, and the row that it was made (UTC).

    Everything that this reader may read; concerns about adults stay with the case manager. The
    phrase is kept nowhere. Raises NothingWritten without a school to send it to.
    """
    if not to_school.strip():
        raise NothingWritten
    found = entries(records(list(access.of_child(who, pupil))))
    made = encrypted(_pdf(who, pupil, found), phrase)
    digest = hashlib.sha256(made).hexdigest()
    _step(who, pupil, FileStep.Kind.MADE, at, to_school=to_school.strip(), digest=digest)
    log_view(who=who, what=View.What.FILE, pupil=pupil, at=at)
    return made


@transaction.atomic
def note_receipt(*, who: Who, pupil: Pupil, from_school: str, words: str, at: datetime) -> FileStep:
    """Write down that the next school has the file, and who said so (UTC).

    Raises NothingWritten.
    """
    if not from_school.strip() or not words.strip():
        raise NothingWritten
    return _step(
        who,
        pupil,
        FileStep.Kind.RECEIVED,
        at,
        to_school=from_school.strip(),
        words=words.strip(),
    )


def print_chronology(*, who: Who, pupil: Pupil, at: datetime) -> bytes:
    """The chronology of a child as a PDF to print here; the printing is logged (UTC)."""
    found = entries(records(list(access.of_child(who, pupil))))
    log_view(who=who, what=View.What.CHRONOLOGY, pupil=pupil, at=at)
    return _pdf(who, pupil, found)


def call_for_files(*, school: School, at: datetime) -> None:
    """Remind the DSL of a file two working days before it is due, once (UTC)."""
    for pupil, left_on in asked.files_owed():
        if at >= working_days_after(school, left_on, REMIND_AFTER):
            people = holders(school_id=school.pk, roles=(Role.DSL.value,), at=at)
            asked.alarm(pupil=pupil, members=[one.pk for one in people], at=at)


def _pdf(who: Who, pupil: Pupil, found: list[Entry]) -> bytes:
    assert who.school is not None and who.member is not None  # the page is for members
    zone = who.school.settings.timezone
    head = [
        _("About {name}, {school}.").format(name=pupil, school=who.school.name),
        _("Made on {moment} by {name}.").format(moment=moment(who.at, zone), name=who.member.name),
    ]
    lines = [
        Line(
            _("{moment}. {what}. {name}").format(
                moment=f"{moment(one.at, zone)} {one.at.year}", what=one.what, name=one.by
            ),
            one.words,
        )
        for one in found
    ]
    return printed(title=_("Safeguarding file"), head=head, lines=lines)


def _step(who: Who, pupil: Pupil, kind: str, at: datetime, **more: str) -> FileStep:
    assert who.school and who.member and who.user_id  # the page is for members
    return FileStep.objects.create(
        school=who.school,
        pupil=pupil,
        kind=kind,
        by_name=who.member.name,
        by_user_id=who.user_id,
        at=at,
        **more,
    )
