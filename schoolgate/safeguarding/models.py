"""The concern, in the words of who raised it; what was added; who has read it."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.school.models import School


class Concern(models.Model):
    """A worry about a child's safety, in its author's own words, never changed (5.4).

    `about_member` is the adult at the school whom it is about, if any: the database keeps the row
    from that person, whatever role they hold (threat T3).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    raised_by_carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, null=True, related_name="+"
    )
    raised_by_member = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    author_user_id = models.BigIntegerField()
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="+")
    about_member = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    about_adult = models.BooleanField(default=False)
    words = models.TextField()
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(raised_by_carer__isnull=False, raised_by_member=None)
                | Q(raised_by_carer=None, raised_by_member__isnull=False),
                name="concern_raised_by_one_person",
            )
        ]
        indexes = [models.Index(fields=["school", "-raised_at"], name="concern_latest")]

    def __str__(self) -> str:
        return f"Concern {self.public_id}"


class Addition(models.Model):
    """Something added to a concern: "I am still worried", or the team's own record."""

    class Kind(models.TextChoices):
        STILL_WORRIED = "still worried"
        RECORD = "record"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="additions")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    by_name = models.CharField(max_length=120)
    by_user_id = models.BigIntegerField()
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Addition {self.pk}"


class Reading(models.Model):
    """Who opened a concern first, and when: safeguarding's own log, apart from the ledger."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="readings")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Reading {self.pk}"
