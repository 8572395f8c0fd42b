"""What was taken further, what happened to it, and each step of the clock that was taken."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.conversations.models import Conversation
from schoolgate.delivery.models import Content
from schoolgate.escalation.states import OVER, State
from schoolgate.people.models import Carer, TeamMember
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School


class Escalation(models.Model):
    """One conversation that was taken further, and the leader who has it (5.3, Clause 2.2-T8).

    `role` is the step of the school's ladder; `asked_head` whether the head's 24 hours run.
    """

    class By(models.TextChoices):
        PARENT = "parent"
        STAFF = "staff"
        CLOCK = "clock"

    # As of `Step`: the row-level policy lets nothing in but the school in sight.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="escalations"
    )
    by = models.CharField(max_length=8, choices=By.choices)
    by_carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    by_member = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    role = models.CharField(max_length=40)
    holder = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="holds")
    asked_head = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    skipped_because = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in State], default=State.RAISED
    )
    raised_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(ended_at=None), name="taken_further_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) ^ Q(state__in=[state.value for state in OVER]),
                name="escalation_over_when_ended",
            ),
            models.CheckConstraint(
                condition=Q(by="parent", by_carer__isnull=False, by_member=None)
                | Q(by="staff", by_carer=None, by_member__isnull=False)
                | Q(by="clock", by_carer=None, by_member=None),
                name="escalation_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "holder"], condition=Q(ended_at=None), name="escalated_to_holder"
            )
        ]

    def __str__(self) -> str:
        return f"Escalation {self.public_id}"


class Happening(models.Model):
    """One thing that happened to what was taken further; the family reads `shown`."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="happenings")
    event = models.CharField(max_length=70)
    by_name = models.CharField(max_length=120, blank=True)
    to = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    shown = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.event}"


class Step(models.Model):
    """One step of one promise that was taken: reminded, given to cover, or to the leader.

    `fell_at` is when it fell due by the clock, `at` when the sweep took it; the notice waits for
    the next open hour (5.1). The same step is never taken twice, whatever is restarted.
    """

    # Ten thousand in one sweep: the row-level policy lets nothing in but the school in sight, the
    # notice is written and the promise locked by the same statement, and nothing deletes either;
    # the unique constraint below finds a promise.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    promise = models.ForeignKey(
        Promise, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    step = models.PositiveSmallIntegerField()
    fell_at = models.DateTimeField()
    at = models.DateTimeField()
    to = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    told = models.ForeignKey(
        Content,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The notice.",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "step", "fell_at"], name="step_taken_once")
        ]

    def __str__(self) -> str:
        return f"Step {self.step} of promise {self.promise_id}"


class Eve(models.Model):
    """Who was told on which day what falls due beyond a holiday or an absence of theirs."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    back = models.DateTimeField(help_text="When they, or the school, are next in.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="eve_told_once")]

    def __str__(self) -> str:
        return f"Eve of {self.day}"
