"""Calls and visits, who is to be rung and when, and urgent answers with their first call."""

from django.db import models
from django.db.models import Q, QuerySet

from schoolgate.conversations.models.conversation import Conversation
from schoolgate.conversations.models.message import Message
from schoolgate.people.models import TeamMember
from schoolgate.school.models import School


class Call(models.Model):
    """What came of a call or a visit; its words are its message's. No number is kept here."""

    class Way(models.TextChoices):
        CALL = "call"
        VISIT = "visit"

    class Outcome(models.TextChoices):
        SPOKE = "spoke"
        VOICEMAIL = "voicemail"
        NO_ANSWER = "no answer"
        ENGAGED = "engaged"

    # Announcements have calls of their own: a list of whom to ring.
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="call")
    way = models.CharField(max_length=5, choices=Way.choices, default=Way.CALL)
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    inbound = models.BooleanField(help_text="The family rang or came.")
    line = models.CharField(max_length=80, blank=True, help_text="Which line of the school's.")
    private_reason = models.CharField(
        max_length=300, blank=True, help_text="Why it was a private telephone (decision 13)."
    )
    promised = models.CharField(max_length=300, blank=True)
    promised_by = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    logged_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="visit", line="", private_reason="")
                | Q(way="call", private_reason="") & ~Q(line="")
                | Q(way="call", line="") & ~Q(private_reason=""),
                name="call_by_a_school_line_or_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(way="call") | Q(outcome="spoke"), name="visit_is_a_conversation"
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "began_at"],
                condition=~Q(private_reason=""),
                name="call_on_a_private_phone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.way}, {self.outcome}"


# What was tried and reached nobody: it answers nothing.
TRIED = (Call.Outcome.VOICEMAIL, Call.Outcome.NO_ANSWER, Call.Outcome.ENGAGED)


def without_tries(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Messages without the calls that reached nobody."""
    return messages.exclude(call__outcome__in=TRIED)


class CallTask(models.Model):
    """Somebody is to be rung by a moment, and one person or a staffed queue does it."""

    class Why(models.TextChoices):
        PROMISED = "promised"
        URGENT = "urgent"
        ASKED = "asked"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="call_tasks"
    )
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.CharField(max_length=12, choices=Conversation.Queue.choices, blank=True)
    why = models.CharField(max_length=8, choices=Why.choices)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_attempt_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(
        null=True, help_text="Whoever has it was told that it waits."
    )
    office_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, queue="") | (Q(member=None) & ~Q(queue="")),
                name="call_task_has_exactly_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, ended_because="")
                | Q(done_at__isnull=False) & ~Q(ended_because=""),
                name="call_task_ends_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["conversation", "why"],
                condition=Q(done_at=None),
                name="one_open_call_task_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "due_at"], condition=Q(done_at=None), name="call_task_to_do"
            )
        ]

    def __str__(self) -> str:
        return f"To ring by {self.due_at}"


class Urgent(models.Model):
    """An answer marked urgent: when it was rung about, or why it was written and not rung."""

    class Because(models.TextChoices):
        RUNG = ""
        NOT_TO_BE_RUNG = "not to be rung"
        NO_NUMBER = "no number"
        RANG_ELSEWHERE = "rang elsewhere"
        OTHER = "other"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="urgent")
    because = models.CharField(max_length=14, choices=Because.choices, blank=True)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    first_attempt_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(because="") | Q(first_attempt_at__isnull=False),
                name="urgent_was_rung_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(because="other") | ~Q(words=""),
                name="urgent_for_another_reason_says_it",
            ),
        ]
        indexes = [models.Index(fields=["school", "at"], name="urgent_lately")]

    def __str__(self) -> str:
        return f"Urgent: {self.because or 'rung'}"
