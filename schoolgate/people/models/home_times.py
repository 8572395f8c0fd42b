"""When a child goes home on some days, where that is not when the school's day ends."""

import uuid

from django.db import models
from django.db.models import F, Q

from schoolgate.people.models.children import Pupil
from schoolgate.people.models.team import TeamMember
from schoolgate.school.models import School

DAYS_OF_A_WEEK = 7


class OwnHomeTime(models.Model):
    """A child's own home time on one weekday, by the school's clock: shorter days, therapy, a club.

    Where two hold on a day the one written last does. `reason` is for the team alone.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="own_home_times")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    at = models.TimeField()
    begins_on = models.DateField()
    until = models.DateField(null=True, help_text="The last day; null for as long as it stands.")
    after_school = models.BooleanField(
        default=False, help_text="A club: it may be later than the school's own home time."
    )
    reason = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ended_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="Taken off by hand; then it holds never.")

    class Meta:
        ordering = ["weekday", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lt=DAYS_OF_A_WEEK), name="own_home_time_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("begins_on")),
                name="own_home_time_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="own_home_time_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Own home time {self.public_id}"
