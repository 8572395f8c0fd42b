"""Sweeping: what got stuck is found again, each minute and whenever a worker starts."""

from datetime import datetime

from schoolgate.delivery import journal
from schoolgate.delivery.actions.posting import wake_the_sorter
from schoolgate.delivery.actions.recovering import recover_claims
from schoolgate.delivery.channels import SORTED
from schoolgate.delivery.models import Parcel
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


def sweep(*, school: School, at: datetime) -> None:
    """Give back claims of dead workers and wake the sorter where something is due (threat T15)."""
    recover_claims(school_id=school.pk, at=at)
    journal.tidy(at.timestamp())
    with one_school(school.pk):
        due = Parcel.objects.filter(
            school=school, state=Parcel.State.WAITING, next_try_at__lte=at, channel__in=SORTED
        )
        for channel in due.order_by().values_list("channel", flat=True).distinct():
            wake_the_sorter(school, channel=channel)
