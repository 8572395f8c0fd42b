"""What a carer answered to an announcement; nothing is ever overwritten."""

from django.db import models
from django.db.models import Q

from schoolgate.announcements.models.announcement import Announcement
from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.school.models import School


class Answer(models.Model):
    """One answer of one carer: of a slip for one child, of "please confirm" for no child."""

    class Says(models.TextChoices):
        CONFIRMED = "confirmed"
        YES = "yes"
        NO = "no"

    class Way(models.TextChoices):
        LINK = "link"
        PORTAL = "portal"
        PHONE = "phone"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="answers")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="+")
    says = models.CharField(max_length=10, choices=Says.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    written_down_by = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, help_text="When they answered otherwise.")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "carer", "pupil"],
                condition=Q(replaced_at=None),
                nulls_distinct=False,
                name="one_answer_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.carer}: {self.says}"
