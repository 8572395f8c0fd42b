"""The promise: by when the school will answer, and whether it was kept."""

import uuid

from django.db import models
from django.db.models import F, Q

from schoolgate.school.models import School


class Promise(models.Model):
    """One promise about one subject; moments in UTC, reasoned in the school's zone.

    `subject` is the public id of a conversation or tray item (no key upward). A promise never
    resets: further messages, hand-over and absence do not move it (Clause 2.2-T1).
    """

    class Kind(models.TextChoices):
        REPLY = "reply"
        NEWS = "news"  # a holding reply named a day
        TRAY = "tray"
        LEADER = "leader"  # what was taken further to a leader
        HEAD = "head"  # what was taken to the head: 24 hours (Clause 2.2-H3)
        UPDATE = "update"  # the next news of an open issue (Clause 2.2-H4)

    # A sweep writes and changes ten thousand at once: the row-level policy lets nothing in but the
    # school in sight, and a promise is looked for by its subject or by its next step.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.UUIDField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(
        null=True, help_text="Null when it lies beyond the known calendar."
    )
    first_due_at = models.DateTimeField(null=True, help_text="As first told; a recount keeps it.")
    literal_due_at = models.DateTimeField(null=True)
    act_by_at = models.DateTimeField(
        null=True, help_text="Of the head's: the last open moment before it is due."
    )
    again_due_at = models.DateTimeField(
        null=True, help_text="The new time that a late family was given."
    )
    half_at = models.DateTimeField(null=True)
    three_quarters_at = models.DateTimeField(null=True)
    cover_at = models.DateTimeField(null=True, help_text="When it goes to cover.")
    leader_at = models.DateTimeField(null=True, help_text="When it goes to the leader.")
    climbed = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="The last step taken: see `climb.Step`."
    )
    next_step_at = models.DateTimeField(
        null=True, help_text="When the next step falls due; nothing once all are taken."
    )
    stopped_at = models.DateTimeField(null=True, help_text="When a person answered.")
    stopped_by = models.UUIDField(null=True, help_text="The message that answered.")
    withdrawn_at = models.DateTimeField(null=True, help_text="Closed without an answer being due.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(stopped_at=None, withdrawn_at=None),
                name="one_open_promise_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(stopped_by__isnull=False),
                name="promise_stopped_by_a_message",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(due_at__gte=F("started_at")),
                name="promise_due_after_it_started",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "next_step_at"],
                condition=Q(stopped_at=None, withdrawn_at=None, next_step_at__isnull=False),
                name="promise_next_step",
            ),
            models.Index(fields=["subject"], name="promise_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_at}"

    @property
    def open(self) -> bool:
        """Whether the family still waits."""
        return self.stopped_at is None and self.withdrawn_at is None

    @property
    def kept(self) -> bool | None:
        """Whether it was answered in time; nothing while it is open or was withdrawn."""
        if self.stopped_at is None:
            return None
        return self.due_at is None or self.stopped_at <= self.due_at
