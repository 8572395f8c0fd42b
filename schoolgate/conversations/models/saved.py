"""Words that a team member or the school keeps to answer with."""

from django.db import models
from django.db.models import Q

from schoolgate.people.models import TeamMember
from schoolgate.school.models import School


class SavedReply(models.Model):
    """Words with slots for a name and a child; of one team member, or of the whole school."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    member = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        related_name="saved_replies",
        help_text="Nothing where it is the school's.",
    )
    name = models.CharField(max_length=80)
    words = models.TextField()
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(words=""), name="saved_reply_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.name
