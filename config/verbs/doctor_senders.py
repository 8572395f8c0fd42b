"""The part of `schoolgate doctor` that says whether anybody can tell who writes (decision 24)."""

import datetime as dt

from config.verbs.doctor_inside import tables
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.models import Arrival
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school

LATELY = dt.timedelta(days=14)
ENOUGH = 10  # emails from which on it is no chance


def main() -> None:
    """Print a sentence a line; nothing where the tables are not as the code expects them."""
    for sentence in [] if tables() else senders():
        print(sentence)


def senders() -> list[str]:
    """Where no email of late could be checked, the set-up can't tell who writes (decision 24)."""
    since = now() - LATELY
    found = []
    for school in School.objects.all():
        with one_school(school.pk):
            rows = Arrival.objects.filter(
                school=school, way=Arrival.Way.EMAIL, received_at__gte=since
            ).exclude(became=Arrival.Became.KEPT)
            told = rows.exclude(authentication=Authentication.UNKNOWN).exists()
            if told or rows.count() < ENOUGH:
                continue
        found.append(
            f"Of the emails to {school} in {LATELY.days} days no sender could be checked: no "
            "absence is explained by them before somebody has rung. "
            "`schoolgate doctor mail DOMAIN` says what the set-up lacks."
        )
    return found
