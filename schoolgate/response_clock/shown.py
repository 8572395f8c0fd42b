"""The moment of a promise as a family is shown it."""

from datetime import datetime

from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School


def shown_due(school: School, promise: Promise) -> datetime | None:
    """When an answer is due, in the family's sight (UTC); None beyond the known calendar.

    Of the head's 24 hours: the literal end, and once the head has adopted the working-day reading,
    the moment by which the school acts (decision 16).
    """
    adopted = school.settings.promises.head_reading_adopted_on is not None
    if promise.kind == Promise.Kind.HEAD and adopted:
        return promise.act_by_at or promise.due_at
    return promise.due_at
