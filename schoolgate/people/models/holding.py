"""Holding back: from whom what concerns a child is kept for a while, sealed (decision 5)."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.people.models.children import Carer, Pupil
from schoolgate.school.models import School


class HoldBack(models.Model):
    """What concerns a child waits for one carer, or for everybody, until it is ended.

    Read by the DSL, deputies and the head alone, and by none of them who is an adult of that child.
    All else asks the database's functions, which say no more than that something waits (see the
    migration `0009_holding_back`).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, null=True, related_name="+", help_text="None: everybody."
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, help_text="Of the hour that begins by itself.")
    review_by = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    set_by_user = models.BigIntegerField(null=True, help_text="Nobody: it began by itself.")
    safety_too = models.BooleanField(
        default=False, help_text="Messages about immediate safety wait as well."
    )
    ended_at = models.DateTimeField(null=True)
    ended_by_user = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(set_by_user=None, carer=None, until_at__isnull=False)
                | (
                    Q(set_by_user__isnull=False, until_at=None, review_by__isnull=False)
                    & ~Q(reason="")
                ),
                name="held_back_by_somebody_or_for_the_hour",
            )
        ]
        indexes = [
            models.Index(fields=["school", "pupil"], condition=Q(ended_at=None), name="held_back")
        ]

    def __str__(self) -> str:
        return f"Hold {self.public_id}"
