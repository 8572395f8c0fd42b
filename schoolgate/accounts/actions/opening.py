"""Opening a school: its settings, and the first of the office with a card to sign in by."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolgate.accounts.actions.cards import issue_card
from schoolgate.accounts.errors import AddressTaken
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.joining import NewMember, add_member
from schoolgate.people.models import RoleHolding, TeamMember
from schoolgate.school.calendar_news import CalendarChanged, on_change
from schoolgate.school.models import School
from schoolgate.school.settings import SchoolSettings
from schoolgate.school.tenancy import see


@dataclass(frozen=True)
class Opened:
    """A school as it stands now, its settings as they were before, and the card's code if any."""

    school: School
    before: str
    code: str


@transaction.atomic
def open_school(
    *, settings: SchoolSettings, text: str, office_name: str, office_email: str, at: datetime
) -> Opened:
    """Open a school, or bring new settings to one that is open; no name leaves the office alone.

    Changed settings count every open promise anew (UTC). The transaction then sees that school.
    Raises AddressTaken.
    """
    school = School.objects.filter(slug=settings.slug).first()
    before = school.settings_text if school else ""
    if School.objects.exclude(slug=settings.slug).filter(inbound_address=settings.inbound_address):
        raise AddressTaken(f"{settings.inbound_address} is another school's inbound address.")
    school = school or School(slug=settings.slug)
    school.name, school.settings_text = settings.name, text
    school.inbound_address = settings.inbound_address
    school.save()
    see(school_id=school.pk)
    if text != before:
        _tell(school, "changed the settings" if before else "opened the school", at)
    code = ""
    if office_name:
        code = issue_card(
            actor=SYSTEM, person=_office(school, office_name, office_email, at), at=at
        )
    return Opened(school, before, code)


def _office(school: School, name: str, email: str, at: datetime) -> TeamMember:
    """The one of this address or name, else somebody new."""
    known = TeamMember.objects.filter(school=school, access_ended_at=None)
    found = known.filter(email=email.lower()).first() if email else known.filter(name=name).first()
    if found:
        RoleHolding.objects.get_or_create(
            school=school, member=found, role="office", until=None, defaults={"since": at}
        )
        return found
    new = NewMember(name=name, email=email, job_title="school office", roles=("office",))
    return add_member(actor=SYSTEM, school=school, new=new, at=at)


def _tell(school: School, verb: str, at: datetime) -> None:
    record(actor=SYSTEM, verb=verb, school_id=school.pk, about=("school", school.pk), at=at)
    on_change.tell(CalendarChanged(school=school, actor=SYSTEM, at=at))
