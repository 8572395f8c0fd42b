"""Holding back recipients after a concern: only when the lead sets it, per person (decision 5).

The lead's decision is written down here, with when it is looked at again. That nothing reaches the
person, who sees nothing unusual, belongs to `people`.
"""

from datetime import datetime

from django.db import transaction

from schoolgate.people.models import Carer
from schoolgate.safeguarding.actions.recording import Hand, write_note
from schoolgate.safeguarding.models import Step


@transaction.atomic
def hold_back(*, hand: Hand, carer: Carer, reason: str, review_at: datetime) -> Step:
    """Write down that a carer is held back, why, and when it is looked at again (UTC).

    Raises NothingWritten, NotNow.
    """
    words = f"{carer.name}: {reason.strip()}" if reason.strip() else ""
    return write_note(hand=hand, kind=Step.Kind.HELD_BACK, words=words, due_at=review_at)
