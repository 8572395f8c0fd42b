"""Front door only: one concern as a file for the system where the school keeps its own (5.4).

Where the setting `safeguarding_file` names another system, a concern that was read is handed over
there. Its later steps happen there; here it stands as handed over, with the reference there.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.people.access import Who
from schoolgate.response_clock.words import moment
from schoolgate.safeguarding.actions.reading import log_view
from schoolgate.safeguarding.chronology import entries
from schoolgate.safeguarding.errors import NotNow
from schoolgate.safeguarding.models import View
from schoolgate.safeguarding.paper import Line, encrypted, printed, table
from schoolgate.safeguarding.standing import Record
from schoolgate.safeguarding.states import UNREAD


@transaction.atomic
def as_file(*, who: Who, record: Record, phrase: str, at: datetime) -> bytes:
    """One concern as a PDF that the phrase alone opens; logged (UTC). Raises NotNow."""
    _allowed(record)
    log_view(who=who, what=View.What.FILE, concern=record.concern, at=at)
    zone = record.concern.school.settings.timezone
    lines = [
        Line(
            _("{moment}. {what}. {name}").format(
                moment=f"{moment(one.at, zone)} {one.at.year}", what=one.what, name=one.by
            ),
            one.words,
        )
        for one in entries([record])
    ]
    name = str(record.concern.pupil or _("the child named in the words"))
    head = [_("About {name}, {school}.").format(name=name, school=record.concern.school.name)]
    return encrypted(printed(title=_("Safeguarding concern"), head=head, lines=lines), phrase)


@transaction.atomic
def as_table(*, who: Who, record: Record, at: datetime) -> str:
    """One concern as comma-separated rows; logged (UTC). Raises NotNow."""
    _allowed(record)
    log_view(who=who, what=View.What.FILE, concern=record.concern, at=at)
    return table(entries([record]))


def _allowed(record: Record) -> None:
    """Only where the file is kept elsewhere, only what was read, never one about an adult here."""
    is_here = record.concern.school.settings.choices.safeguarding_file == "here"
    if is_here or record.is_about_adult or record.state in UNREAD:
        raise NotNow
