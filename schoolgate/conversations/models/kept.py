"""A text that a leader has taken, the words that a leader gives, and who opened a thread when."""

import uuid

from django.db import models

from schoolgate.conversations.models.conversation import Conversation
from schoolgate.conversations.models.message import Message
from schoolgate.people.models import Carer, TeamMember
from schoolgate.school.models import School


class Kept(models.Model):
    """The words of a message that a leader has taken: for that leader and their author alone.

    The database judges who reads a row (see the migration `0011_kept`); nobody else does, the head
    included, so that one kind of keeping looks like the other (decision 8). Never changed.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    # The key, so that a row can be written by somebody who may not read it back.
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, primary_key=True, related_name="kept"
    )
    author = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    keeper_user = models.BigIntegerField()
    words = models.TextField()
    folded = models.TextField(blank=True)
    subject = models.CharField(
        max_length=200, blank=True, help_text="The thread's, where it came with this message."
    )
    reason = models.CharField(max_length=300, blank=True, help_text="For the keeper alone.")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Kept text {self.pk}"


class GivenWords(models.Model):
    """What a leader lets the owner of a guided thread send; the latest that was not used counts."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="given_words"
    )
    words = models.TextField()
    given_by_user = models.BigIntegerField(help_text="On no page: it says a leader.")
    at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Given words {self.public_id}"


class Seen(models.Model):
    """That a team member has opened a thread, and how far it went then (threat T19)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="seen")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    up_to = models.BigIntegerField(help_text="The number of the latest message at that time.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "member"], name="seen_once_a_thread_and_member"
            )
        ]

    def __str__(self) -> str:
        return f"Seen {self.pk}"


class ReadBefore(models.Model):
    """That a team member had read a message before a leader took its text."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="read_before")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "member"], name="read_before_once")
        ]

    def __str__(self) -> str:
        return f"Read before {self.pk}"
