"""Who is told of a concern, who is on call, and who has looked at what."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.people.models import Pupil, TeamMember
from schoolgate.safeguarding.models.concerns import Concern
from schoolgate.school.models import School


class RotaGap(models.Model):
    """A stretch out of hours with nobody on call; who took it as it is, and why (decision 13).

    A gap is known by when it begins. Moments in UTC.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="When the rota was found filled.")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_because = models.TextField(blank=True)

    class Meta:
        ordering = ["begins_at"]
        constraints = [
            models.UniqueConstraint(fields=["school", "begins_at"], name="gap_alarmed_once"),
            models.CheckConstraint(
                condition=Q(accepted_at=None)
                | (Q(accepted_by__isnull=False) & ~Q(accepted_because="")),
                name="gap_accepted_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Gap from {self.begins_at}"


class OnCall(models.Model):
    """Who is on call out of hours, from when until when (UTC)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    set_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["from_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=models.F("from_at")), name="on_call_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} from {self.from_at}"


class Alert(models.Model):
    """One person called to look, once for each step of each call; it carries no content (T4).

    `call` counts how often somebody was asked to look at the concern anew. Kept apart from the
    post room, so that no public count tells that there is a concern. Written by the database's
    own functions alone (migration 0003).
    """

    class Step(models.TextChoices):
        AT_ONCE = "at once"
        ON_CALL = "on call"
        MOVED = "moved on"  # whom it stood with has come to be away
        FURTHER = "further"
        GROUP_LEAD = "group lead"
        GAP = "gap"
        FILE_DUE = "file due"

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        FAILED = "failed"
        NO_ROUTE = "no route"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, related_name="alerts")
    gap = models.ForeignKey(RotaGap, on_delete=models.PROTECT, null=True, related_name="alerts")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=10, choices=Step.choices)
    call = models.PositiveIntegerField(default=1)
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    rung_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    in_doubt = models.BooleanField(default=False, help_text="Repeated after a process died.")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rung_at", "id"]
        indexes = [
            models.Index(
                fields=["school", "next_try_at"],
                condition=Q(state__in=["waiting", "claimed"]),
                name="alert_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "call", "step", "member"], name="alerted_once_a_step"
            ),
            models.UniqueConstraint(fields=["gap", "member"], name="alerted_once_a_gap"),
            models.UniqueConstraint(fields=["pupil", "member"], name="alerted_once_a_file"),
            models.CheckConstraint(
                condition=Q(concern__isnull=False, gap=None, pupil=None)
                | Q(concern=None, gap__isnull=False, pupil=None)
                | Q(concern=None, gap=None, pupil__isnull=False),
                name="alert_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Alert {self.pk}"


class View(models.Model):
    """Every opening of a concern, a chronology or an export: safeguarding's own log (T19)."""

    class What(models.TextChoices):
        CONCERN = "concern"
        CHRONOLOGY = "chronology"
        FILE = "file"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, related_name="views")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    by_user_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"View {self.pk}"


class BrokenGlass(models.Model):
    """Somebody opened what was beyond their sight, and why; good for a day, and never unsaid.

    Without a concern: somebody asked, and there was nothing beyond their sight.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    by_user_id = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Glass {self.pk}"
