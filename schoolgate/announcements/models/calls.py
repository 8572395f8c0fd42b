"""Whom the office rings about an announcement, why, and what came of each try."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from schoolgate.announcements.models.announcement import Announcement
from schoolgate.people.models import Carer, TeamMember
from schoolgate.school.models import School


class Call(models.Model):
    """One person to ring about one announcement, with the reason that they are on the list."""

    class Because(models.TextChoices):
        NO_ROUTE = "no route"
        FAILING = "failing"
        NOTHING_IS_SAFE = "nothing is safe"
        NOT_ALLOWED = "not allowed"
        ALL_FAILED = "all failed"
        NOT_CONFIRMED = "not confirmed"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="calls")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    children = ArrayField(models.BigIntegerField(), default=list)
    because = models.CharField(max_length=20, choices=Because.choices)
    put_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["put_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "carer"], name="rung_once_about_it")
        ]
        indexes = [
            models.Index(
                fields=["school", "put_at"], condition=Q(ended_at=None), name="call_to_make"
            )
        ]

    def __str__(self) -> str:
        return f"Ring {self.carer}"


class CallTry(models.Model):
    """One try to reach somebody by telephone."""

    class Outcome(models.TextChoices):
        SPOKE = "spoke"
        VOICEMAIL = "voicemail"
        NO_ANSWER = "no answer"
        ENGAGED = "engaged"
        WRONG_NUMBER = "wrong number"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="tries")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=14, choices=Outcome.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.outcome}, {self.at:%Y-%m-%d %H:%M}"
