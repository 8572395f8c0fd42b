"""Reading a concern: the first opening by each person is written down."""

from datetime import datetime

from django.db import transaction

from schoolgate.people.models import TeamMember
from schoolgate.safeguarding.models import Addition, Concern, Reading


@transaction.atomic
def note_reading(
    *, concern: Concern, member: TeamMember, roles: frozenset[str], at: datetime
) -> None:
    """Stamp the first time that a team member opens a concern (5.4 READ); `at` in UTC."""
    if Reading.objects.filter(concern=concern, member=member).exists():
        return
    Reading.objects.create(
        school=concern.school, concern=concern, member=member, role=_role(roles), at=at
    )


@transaction.atomic
def add_record(
    *, concern: Concern, member: TeamMember, user_id: int, words: str, at: datetime
) -> Addition:
    """Add to the record what was said or decided; nothing in it is ever changed (KCSIE)."""
    return Addition.objects.create(
        school=concern.school,
        concern=concern,
        kind=Addition.Kind.RECORD,
        by_name=member.name,
        by_user_id=user_id,
        words=words.strip(),
        at=at,
    )


def _role(roles: frozenset[str]) -> str:
    return next(
        (role for role in ("dsl", "deputy_dsl", "head", "group_lead") if role in roles), "member"
    )
