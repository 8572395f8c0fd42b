"""What is sent (`Content`), to whom by which channel (`Parcel`), and each try (`Attempt`)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from schoolgate.people.models import Carer, Pupil, Receives, TeamMember
from schoolgate.school.models import School, StoredFile


class Content(models.Model):
    """Something to be sent, composed once however many people it goes to."""

    class Purpose(models.TextChoices):
        REPLY = "reply"
        RECEIPT = "receipt"
        SERVICE = "service"  # what families need; no consent is asked
        NEWS = "news"  # optional: by consent, ended in one press (PECR)
        DIGEST = "digest"  # several of the two above in one
        ALERT = "alert"
        CODE = "code"

    class Asks(models.TextChoices):
        NOTHING = ""
        CONFIRM = "confirm"
        YES_OR_NO = "yes or no"
        CONSENT = "consent"

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
    is_safety = models.BooleanField(
        default=False, help_text="Closure, transport, evacuation: goes whatever is held back."
    )
    asks = models.CharField(max_length=10, choices=Asks.choices, blank=True, default=Asks.NOTHING)
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
    answers_to = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who has the answers to what went to many; else the office.",
    )
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["message"], name="content_message")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class ContentWords(models.Model):
    """A content in another language than the school's own, in somebody's words."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="other_words")
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content", "language"], name="words_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.content} in {self.language}"


class Priority(models.IntegerChoices):
    """What leaves first; the sorter takes the lowest number."""

    URGENT = 0
    PERSON = 2  # somebody waits for it: a reply, a receipt, a sign-in code, an alert
    SERVICE = 5
    NEWS = 8


class Bundle(models.Model):
    """What iSAMS is to send of one content in one language, prepared by the office (2.1-M2a).

    It ends in one of two ways: marked sent with iSAMS's reference, or given back.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="bundles")
    language = models.CharField(
        max_length=12, blank=True, help_text="Of whose words; none means the school's own."
    )
    prepared_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=120, blank=True)
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["prepared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, reference="")
                | (Q(sent_at__isnull=False, given_back_at=None) & ~Q(reference="")),
                name="bundle_sent_with_a_reference_or_not_at_all",
            )
        ]
        indexes = [
            models.Index(
                fields=["school", "prepared_at"],
                condition=Q(sent_at=None, given_back_at=None),
                name="bundle_open",
            )
        ]

    def __str__(self) -> str:
        return f"Bundle {self.pk} of {self.content}"


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
        GATHERED = "gathered"  # waits for the person's digest, and goes in it
        TAKEN_BACK = "taken back"  # before it left
        PRINTED = "printed"  # on paper, and not posted yet

    class Channel(models.TextChoices):
        PORTAL = "portal"
        EMAIL = "email"
        SMS = "sms"
        PUSH = "push"
        VOICE = "voice"
        LETTER = "letter"

    # The row-level policy lets nothing in but the school in sight: a second check of each of ten
    # thousand rows would be a third of the writing.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    public_id = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    # Written in the same transaction as its content, which nothing ever deletes.
    content = models.ForeignKey(
        Content,
        on_delete=models.PROTECT,
        related_name="parcels",
        db_index=False,
        db_constraint=False,
    )
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, related_name="parcels")
    children = ArrayField(
        models.BigIntegerField(), default=list, help_text="Pupils whom it concerns, at posting."
    )
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.PERSON)
    member = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    address = models.EmailField(
        blank=True,
        help_text="For a sign-in code, or a note to a stranger.",
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=14, choices=State.choices, default=State.WAITING)
    posted_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.BigIntegerField(
        null=True, help_text="A sorting's number; it lives while somebody holds the lock on it."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(
        default=0, help_text="How often its answer was lost; it is repeated once at most."
    )
    ended_at = models.DateTimeField(null=True, help_text="When it was sent, failed or handed off.")
    sent_to = models.CharField(max_length=254, blank=True)
    because = models.CharField(max_length=300, blank=True, help_text="Why it failed for good.")
    reference = models.CharField(
        max_length=120, blank=True, help_text="What iSAMS, or a provider, calls the sending."
    )
    arrived_at = models.DateTimeField(null=True, help_text="When a provider said that it arrived.")
    gathered_in = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="gathered",
        db_index=False,
        db_constraint=False,
        help_text="The digest that holds it; it shares that one's fate.",
    )
    batch = models.ForeignKey(
        "delivery.LetterBatch",
        on_delete=models.PROTECT,
        null=True,
        related_name="parcels",
        db_index=False,
    )
    bundle = models.ForeignKey(
        Bundle,
        on_delete=models.PROTECT,
        null=True,
        related_name="parcels",
        db_index=False,
        db_constraint=False,
        help_text="The hand-off to iSAMS that it is, or was, part of.",
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
                fields=["school", "channel", "priority", "next_try_at"],
                condition=Q(state="waiting"),
                name="parcel_to_sort",
            ),
            models.Index(
                fields=["school", "claimed_by"],
                condition=Q(state="claimed"),
                name="parcel_in_hand",
            ),
            models.Index(
                fields=["school", "state", "posted_at"],
                condition=Q(state__in=["failed", "owed", "gathered"]),
                name="parcel_not_reached",
            ),
            models.Index(
                fields=["gathered_in"],
                condition=Q(gathered_in__isnull=False),
                name="parcel_in_digest",
            ),
            models.Index(
                fields=["school", "batch"],
                condition=Q(batch__isnull=False),
                name="parcel_of_batch",
            ),
            models.Index(
                fields=["bundle"],
                condition=Q(bundle__isnull=False),
                name="parcel_in_bundle",
            ),
            models.Index(
                fields=["school", "reference"],
                condition=~Q(reference=""),
                name="parcel_by_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} parcel {self.pk}, {self.state}"


class LetterBatch(models.Model):
    """Letters that were typeset together, and posted together or not yet."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    letters = models.PositiveIntegerField()
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    posted_at = models.DateTimeField(null=True)
    posted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.letters} letters of {self.made_at:%Y-%m-%d}"


class Attempt(models.Model):
    """One try to hand a parcel over, and what came of it.

    Before the network is touched the parcel is claimed; what a process that died had in hand is
    written down as in doubt by whoever finds its claim, and the repeat carries the same Message-ID.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        TEMPORARY = "temporary"
        PERMANENT = "permanent"
        IN_DOUBT = "in doubt"

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    # Written together with its parcel's new state; parcels are never deleted.
    parcel = models.ForeignKey(
        Parcel, on_delete=models.PROTECT, related_name="attempts", db_constraint=False
    )
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    said = models.CharField(max_length=300, blank=True, help_text="What the other side said.")

    def __str__(self) -> str:
        return f"{self.outcome or 'under way'} {self.begun_at:%Y-%m-%d %H:%M}"


class PushSubscription(models.Model):
    """A browser of one carer that asked to be told; the notice itself says nothing (threat T4)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="subscriptions")
    endpoint = models.URLField(max_length=500)
    key = models.CharField(max_length=120, help_text="The browser's public key, base64url.")
    secret = models.CharField(max_length=60, help_text="Its shared secret, base64url.")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carer", "endpoint"],
                condition=Q(ended_at=None),
                name="subscribed_once",
            )
        ]

    def __str__(self) -> str:
        return f"A browser of {self.carer}"


class HostUse(models.Model):
    """How many emails a mail host was given in a minute; kept only while it is getting known.

    It bears no school: the host is the installation's, and counts all schools together.
    """

    host = models.CharField(max_length=200)
    minute = models.DateTimeField()
    sent = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["host", "minute"], name="host_minute_once")]

    def __str__(self) -> str:
        return f"{self.host} {self.minute:%Y-%m-%d %H:%M}"
