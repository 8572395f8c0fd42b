"""What somebody took off a person by a press, why, and that it was taken back the same day."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.people.models.children import Carer, Pupil
from schoolgate.people.models.team import TeamMember
from schoolgate.school.models import School


class Ending(models.Model):
    """One thing that ended: what stood before is known, so that it can stand again.

    `row` is the number of what ended: a link, a telephone number, a group, and so on.
    """

    class Kind(models.TextChoices):
        LINK = "link"
        NUMBER = "number"
        PROTECTION = "protection"
        NO_ROUTE = "no safe route"
        LIMIT = "limit"
        BAR = "site bar"
        CLASS = "class"
        HELPING = "helping"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    row = models.BigIntegerField()
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300)
    by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="ending_with_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="ending_undone_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["school", "-at"], name="ending_of_school")]

    def __str__(self) -> str:
        return f"Ending of a {self.kind} {self.public_id}"
