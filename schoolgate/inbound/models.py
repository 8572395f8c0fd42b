"""What came (`Arrival`), and what a person has to file (`TrayItem`)."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.conversations.models import Attachment, Conversation
from schoolgate.delivery.models import Parcel
from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School, StoredFile


class Arrival(models.Model):
    """One thing that came, kept byte for byte before it is read; the same twice is kept once.

    `key` is made of what stays the same when a server sends a mail again. Of a mail to a reply
    address the key ends with that thread, so that one mail to two threads reaches both.
    """

    class Way(models.TextChoices):
        EMAIL = "email"
        TEXT = "text"
        VOICEMAIL = "voicemail"

    class State(models.TextChoices):
        STORED = "stored"
        READ = "read"
        UNREADABLE = "unreadable"

    class Became(models.TextChoices):
        NOTHING = ""
        MESSAGE = "message"
        CONVERSATION = "conversation"
        BOUNCE = "bounce"
        COMPLAINT = "complaint"
        KEPT = "kept"
        TRAY = "tray"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.EMAIL)
    key = models.CharField(max_length=120)
    same = models.CharField(max_length=120, help_text="The key, whichever thread it was sent to.")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.CharField(max_length=320)
    received_at = models.DateTimeField()
    authentication = models.CharField(
        max_length=10,
        choices=[(a.value, a.value) for a in Authentication],
        default=Authentication.UNKNOWN,
        help_text="Whether the sender's address is theirs, as far as it could be checked.",
    )
    checks = models.JSONField(default=dict, help_text="SPF, DKIM and DMARC, each in a word.")
    back_on = models.DateField(null=True, help_text="The day of return that an absence note names.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.STORED)
    problem = models.TextField(blank=True, help_text="What could not be read.")
    became = models.CharField(max_length=12, choices=Became.choices, blank=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "key"], name="mail_stored_once"),
        ]
        indexes = [
            models.Index(fields=["school", "-received_at"], name="mail_latest"),
            # By equality: a search by the beginning of a key passes by indexes under row-level
            # security, and reads every mail that ever came.
            models.Index(fields=["school", "same"], name="mail_known_again"),
        ]

    def __str__(self) -> str:
        return f"Mail {self.public_id}, {self.became or self.state}"


class TrayItem(models.Model):
    """A mail that belongs nowhere by itself; its own promise runs until a person has filed it."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    arrival = models.OneToOneField(Arrival, on_delete=models.PROTECT, related_name="tray_item")
    reason = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Reason])
    authentication = models.CharField(
        max_length=10, choices=[(a.value, a.value) for a in Authentication]
    )
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=998, blank=True)
    body = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    besides = models.TextField(
        blank=True, help_text="Of what is folded, what we did not send: looked through as well."
    )
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="+")
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(null=True)
    filed_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    filed_to = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    filed_child = models.ForeignKey(
        Pupil,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="A child whom it is about, for the team alone: no family has it.",
    )
    passed_to = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who has it then; nobody means the office.",
    )
    seen_at = models.DateTimeField(null=True, help_text="When they said that they have seen it.")
    not_for_us = models.CharField(max_length=300, blank=True, help_text="Why it is not for us.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(
                        filed_at=None,
                        filed_by=None,
                        filed_to=None,
                        filed_child=None,
                        not_for_us="",
                    )
                    | (
                        Q(filed_at__isnull=False, filed_by__isnull=False)
                        & (
                            Q(filed_to__isnull=False, filed_child=None, not_for_us="")
                            | Q(filed_to=None, filed_child__isnull=False, not_for_us="")
                            | (Q(filed_to=None, filed_child=None) & ~Q(not_for_us=""))
                        )
                    )
                ),
                name="tray_item_filed_by_somebody_to_one_place",
            )
        ]
        indexes = [
            models.Index(fields=["school", "id"], condition=Q(filed_at=None), name="tray_waiting"),
            models.Index(
                fields=["passed_to", "id"], condition=Q(seen_at=None), name="tray_passed_on"
            ),
        ]

    def __str__(self) -> str:
        return f"Tray item {self.public_id}, {self.reason}"

    @property
    def doubt(self) -> str:
        """Why it may be somebody else's (decision 24): failed, unknown, number; else nothing."""
        if self.arrival.way != Arrival.Way.EMAIL:
            return "number"
        passed = self.authentication == Authentication.PASSED
        return "" if passed else self.authentication

    @property
    def looked_through(self) -> str:
        """All that somebody wrote, folded or not."""
        return f"{self.subject}\n\n{self.body}\n\n{self.besides}"


class Fetching(models.Model):
    """A picture or a recording that lies with a telephone company until the worker has it here."""

    class State(models.TextChoices):
        WAITING = "waiting"
        FETCHED = "fetched"
        FAILED = "failed"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="fetchings")
    provider = models.CharField(max_length=20)
    url = models.TextField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    because = models.CharField(max_length=300, blank=True, help_text="Why the last try failed.")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    media_type = models.CharField(max_length=100, blank=True, help_text="As sniffed.")
    held_because = models.CharField(max_length=120, blank=True)
    attachment = models.OneToOneField(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="fetched", stored__isnull=False)
                | (~Q(state="fetched") & Q(stored=None)),
                name="fetched_is_here",
            )
        ]
        indexes = [
            models.Index(
                fields=["school", "next_try_at"],
                condition=Q(state="waiting"),
                name="to_be_fetched",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"


class Watched(models.Model):
    """A mailbox, and how far it was looked through: what stands beyond is taken, opened or not."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    mailbox = models.CharField(max_length=400, help_text="Its address, without a password.")
    validity = models.BigIntegerField(help_text="Where it changes, the numbers begin anew.")
    last = models.BigIntegerField(help_text="The highest number that was looked at.")
    left = models.JSONField(default=list, help_text="Numbers that could not be taken yet.")
    since = models.DateTimeField(help_text="Nothing counts as received before it.")
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "mailbox"], name="mailbox_watched_once")
        ]

    def __str__(self) -> str:
        return f"A mailbox, up to {self.last}"
