"""What was raised, said, decided and done about a child, in its order (KCSIE)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from schoolgate.safeguarding.models import Addition, Step
from schoolgate.safeguarding.standing import Record
from schoolgate.safeguarding.words import KINDS, OUTCOMES


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a chronology; moments in UTC."""

    at: datetime
    what: str
    by: str
    words: str
    due_at: datetime | None = None
    concern: UUID | None = None


def entries(records: Sequence[Record]) -> list[Entry]:
    """Every entry of some concerns, oldest first."""
    found = [entry for record in records for entry in _of(record)]
    return sorted(found, key=lambda entry: entry.at)


def _of(record: Record) -> list[Entry]:
    concern = record.concern
    author = concern.raised_by_carer or concern.raised_by_member
    found = [
        Entry(
            at=concern.raised_at,
            what=_("Raised, in the author’s own words"),
            by=author.name if author else "",
            words=concern.words,
            concern=concern.public_id,
        )
    ]
    found += [
        Entry(at=one.at, what=_("Read"), by=one.member.name, words="", concern=concern.public_id)
        for one in record.readings
    ]
    found += [_addition(one, concern.public_id) for one in record.additions]
    return found + [_step(one, concern.public_id) for one in record.steps]


def _addition(one: Addition, concern: UUID) -> Entry:
    is_worry = one.kind == Addition.Kind.STILL_WORRIED
    what = _("Still worried") if is_worry else _("Record")
    return Entry(at=one.at, what=what, by=one.by_name, words=one.words, concern=concern)


def _step(one: Step, concern: UUID) -> Entry:
    what = str(KINDS[one.kind])
    if one.outcome in OUTCOMES:
        what = _("{what}: {outcome}").format(what=what, outcome=OUTCOMES[one.outcome])
    return Entry(
        at=one.at, what=what, by=one.by_name, words=one.words, due_at=one.due_at, concern=concern
    )
