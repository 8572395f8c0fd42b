"""Sweeping: what got stuck is found again, each minute."""

from datetime import datetime, timedelta

from schoolgate.delivery.actions.posting import wake_the_sorter
from schoolgate.delivery.actions.sorting import recover_claims
from schoolgate.delivery.models import Parcel
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

# Longer than any one hand-over may take (the channel's own limit is 60 s a parcel).
STUCK_AFTER = timedelta(minutes=3)


def sweep(*, school: School, at: datetime) -> None:
    """Give back claims of dead workers and wake the sorter where something is due (threat T15)."""
    recover_claims(school_id=school.pk, at=at, older_than=STUCK_AFTER)
    with one_school(school.pk):
        due = Parcel.objects.filter(
            school=school, state=Parcel.State.WAITING, next_try_at__lte=at
        ).exists()
        if due:
            wake_the_sorter(school)
