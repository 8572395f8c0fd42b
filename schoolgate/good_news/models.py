"""What good was told of a child, and in which thread each adult heard it."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.conversations.models import Conversation
from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.school.models import School

TOPIC = "good news"  # of its threads: nobody waits for a reply to them


class GoodNews(models.Model):
    """Something good of one child, in the words of whoever saw it; nothing of it is edited."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="good_news")
    words = models.TextField()
    named_because = models.CharField(
        max_length=300, blank=True, help_text="Why another child is named (decision 17)."
    )
    told_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="good_news_has_words"),
        ]
        indexes = [
            models.Index(fields=["school", "-told_at"], name="good_news_of_school"),
            models.Index(fields=["pupil", "-told_at"], name="good_news_of_child"),
        ]

    def __str__(self) -> str:
        return f"Good news {self.public_id}"


class Heard(models.Model):
    """One adult heard it, in a thread of their own."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    news = models.ForeignKey(GoodNews, on_delete=models.PROTECT, related_name="heard")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["carer__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["news", "carer"], name="heard_once")]

    def __str__(self) -> str:
        return f"Heard {self.pk}"
