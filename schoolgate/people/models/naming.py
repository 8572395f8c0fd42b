"""Why another child had to be named in words that went to a family (decision 17)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from schoolgate.people.models.team import TeamMember
from schoolgate.school.models import School


class OtherNamed(models.Model):
    """The reason that somebody gave, for which children, and in what: never the words themselves.

    It holds for these children in this thing alone: who adds a name is asked again.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=30, help_text="What it was said in, as the ledger calls it.")
    said_in = models.UUIDField(help_text="Its public id.")
    children = ArrayField(models.BigIntegerField(), help_text="The numbers of those named.")
    because = models.CharField(max_length=300)
    by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="other_named_with_a_reason"),
        ]
        indexes = [models.Index(fields=["said_in"], name="other_named_in")]

    def __str__(self) -> str:
        return f"Another child named in {self.kind} {self.said_in}"
