"""What is sent (`Content`), to whom by which channel (`Parcel`), and each try (`Attempt`)."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.people.models import Carer, Pupil, Receives, TeamMember
from schoolgate.school.models import School


class Content(models.Model):
    """Something to be sent, composed once however many people it goes to."""

    class Purpose(models.TextChoices):
        REPLY = "reply"
        RECEIPT = "receipt"
        NEWS = "news"
        ALERT = "alert"
        CODE = "code"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written_by = models.CharField(
        max_length=120, blank=True, help_text="Shown beside the school's name."
    )
    sensitive = models.BooleanField(
        default=False, help_text="By email only that there is a message."
    )
    about = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True)
    level = models.SmallIntegerField(choices=Receives.choices, default=Receives.PROGRESS)
    thread = models.BigIntegerField(
        null=True, help_text="The conversation's number; no key upward."
    )
    thread_page = models.CharField(
        max_length=200, blank=True, help_text="Where it stands in the portal."
    )
    message = models.UUIDField(null=True, help_text="The message that this carries; no key upward.")
    answers = models.CharField(
        max_length=998, blank=True, help_text="The Message-ID that it answers."
    )
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["message"], name="content_message")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Parcel(models.Model):
    """One content for one person by one channel; it exists before anything leaves."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        FAILED = "failed"
        NOT_ENTITLED = "not entitled"
        OWED = "owed"  # to be sent by iSAMS, by hand (decision 11)
        HANDED_OFF = "handed off"

    class Channel(models.TextChoices):
        PORTAL = "portal"
        EMAIL = "email"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="parcels")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, related_name="parcels")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.EmailField(blank=True, help_text="Only for a sign-in code.")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=14, choices=State.choices, default=State.WAITING)
    posted_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.BigIntegerField(
        null=True, help_text="A sorting's number; it lives while somebody holds the lock on it."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, help_text="When it was sent, failed or handed off.")
    sent_to = models.CharField(max_length=254, blank=True)
    reference = models.CharField(
        max_length=120, blank=True, help_text="What iSAMS calls the sending."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(carer__isnull=False, member=None, address="")
                    | Q(carer=None, member__isnull=False, address="")
                    | (Q(carer=None, member=None) & ~Q(address=""))
                ),
                name="parcel_for_exactly_one_person",
            ),
            models.UniqueConstraint(
                fields=["content", "channel", "carer"], name="parcel_once_a_carer_and_channel"
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "next_try_at"],
                condition=Q(state__in=["waiting", "claimed"]),
                name="parcel_to_sort",
            ),
            models.Index(
                fields=["school", "state", "posted_at"],
                condition=Q(state__in=["failed", "owed"]),
                name="parcel_not_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} parcel {self.pk}, {self.state}"


class Attempt(models.Model):
    """One try to hand a parcel over; written before the network is touched.

    A try without an outcome belongs to a process that died: its answer is in doubt, and the repeat
    carries the same Message-ID.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        TEMPORARY = "temporary"
        PERMANENT = "permanent"
        IN_DOUBT = "in doubt"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="attempts")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    said = models.CharField(max_length=300, blank=True, help_text="What the other side said.")

    def __str__(self) -> str:
        return f"{self.outcome or 'under way'} {self.begun_at:%Y-%m-%d %H:%M}"
