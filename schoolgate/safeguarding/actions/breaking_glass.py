"""Breaking the glass: opening one concern beyond one's sight, with a reason (threat T19).

The reach: a concern about a child, never one about an adult who works here and never one about
oneself. It serves two people. A deputy (or lead or head) who is kept from one concern, for a tie
to the child, when nobody else can be reached; and the group's lead, before a concern has climbed
to them. One asks by the child, so that no list says what there is beyond one's sight. The newest
such concern opens for 24 hours; asking again opens the next. The row stays for good, an asking in
vain included, and the head and the group's lead see it on a page of theirs.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from schoolgate.people.access import Who
from schoolgate.people.models import Pupil
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.errors import ReasonMissing


@transaction.atomic
def break_glass(*, who: Who, pupil: Pupil, reason: str, at: datetime) -> UUID | None:
    """Open the newest concern about a child that one can't read; none if there is none (UTC).

    Raises ReasonMissing.
    """
    assert who.school is not None and pupil.school_id == who.school.pk
    if not reason.strip():
        raise ReasonMissing
    return asked.break_glass(pupil=pupil.pk, reason=reason.strip(), at=at)
