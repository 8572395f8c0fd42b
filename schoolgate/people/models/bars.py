"""Who may not come onto the school's site."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.people.models.children import Carer
from schoolgate.people.models.team import TeamMember
from schoolgate.school.models import School


class SiteBar(models.Model):
    """An adult who may not come onto the site, from when; nothing lifts it by itself (decision 4).

    `carer` where it is one of the school's; else the name alone. It is about the premises and no
    more: who is barred is written to and answered like everybody (Clause 4.0-R5).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, related_name="+")
    begins_at = models.DateTimeField()
    review_on = models.DateField(null=True)
    decided_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None) | ~Q(lifted_because=""),
                name="site_bar_lifted_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"Site bar {self.public_id}"
