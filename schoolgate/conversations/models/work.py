"""What the team did with a conversation: notes, hand-overs, closing."""

from django.db import models
from django.db.models import Q

from schoolgate.conversations.models.conversation import Conversation
from schoolgate.people.models import TeamMember
from schoolgate.school.models import School


class Note(models.Model):
    """What the team writes for itself; its own table, so that it can't be sent (threat T11)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class HandOver(models.Model):
    """Who had the work and who has it now."""

    class Because(models.TextChoices):
        CHOSEN = ""
        AWAY = "away"
        LEFT = "left"
        LATE = "late"
        TAKEN_FURTHER = "taken further"

    # A sweep writes them by the thousand: the row-level policy lets nothing in but the school in
    # sight, who had it and has it are the thread's own owners, and they are looked for by thread,
    # by who was away, or as untold.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="hand_overs"
    )
    from_member = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    from_queue = models.CharField(max_length=12, blank=True)
    to_member = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    to_queue = models.CharField(max_length=12, blank=True)
    summary = models.TextField(blank=True)
    because = models.CharField(max_length=14, choices=Because.choices, blank=True, default="")
    at = models.DateTimeField()
    family_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(
                fields=["school", "id"],
                condition=Q(family_told_at=None, because="late"),
                name="hand_over_to_tell_of",
            ),
            models.Index(
                fields=["from_member"], condition=Q(because="away"), name="hand_over_to_take_back"
            ),
        ]

    def __str__(self) -> str:
        return f"Hand-over {self.pk}"


class Closure(models.Model):
    """Who closed a conversation, when and why; and who opened it again."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="closures"
    )
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="closed_with_a_reason"),
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(reopened_at=None), name="closed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Closure {self.pk}"
