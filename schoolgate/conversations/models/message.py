"""What one side said to the other, what came with it and beside it, what it may be about."""

import uuid

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from schoolgate.conversations.models.conversation import Conversation
from schoolgate.people.models import Carer, TeamMember
from schoolgate.school.models import School, StoredFile
from schoolgate.worries.reasons import Kind

LONGEST_SIGNATURE = 11  # lines, with its dashes


class Message(models.Model):
    """What one side said to the other; `folded` is quoted text, one press away."""

    class Direction(models.TextChoices):
        FAMILY = "family"
        SCHOOL = "school"
        AUTOMATIC = "automatic"

    class Channel(models.TextChoices):
        PORTAL = "portal"
        EMAIL = "email"
        TEXT = "text"
        VOICEMAIL = "voicemail"
        CALL = "call"
        VISIT = "visit"
        LETTER = "letter"

    class Spoken(models.TextChoices):
        NOT_SPOKEN = ""
        UNTYPED = "untyped"
        MACHINE = "machine"
        PERSON = "person"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="messages"
    )
    direction = models.CharField(max_length=10, choices=Direction.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.TextField()
    folded = models.TextField(blank=True)
    mail_id = models.CharField(max_length=998, blank=True, help_text="The email's own Message-ID.")
    sender_check = models.CharField(
        max_length=10, blank=True, help_text="Of email: passed, failed or unknown."
    )
    original = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", help_text="As it came."
    )
    leads_to = models.ForeignKey(
        Conversation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Of an automatic note: where what was written goes on.",
    )
    spoken = models.CharField(
        max_length=8,
        choices=Spoken.choices,
        blank=True,
        help_text="Of a voicemail: who wrote down what it says.",
    )
    typed_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, help_text="When a leader took its text.")
    holding_until = models.DateTimeField(null=True)
    words = models.GeneratedField(
        expression=SearchVector("body", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(direction="family", carer__isnull=False)
                    | Q(direction="school", member__isnull=False)
                    | Q(direction="automatic", carer=None, member=None)
                ),
                name="message_has_its_writer",
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "at", "id"], name="message_in_thread"),
            models.Index(fields=["school", "-at"], name="message_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} message {self.public_id}"

    @property
    def lies_below(self) -> str:
        """What is folded of an email, as a code: a signature, earlier words, or both."""
        lines = [line for line in self.folded.split("\n") if line.strip()]
        dashed = bool(lines) and lines[0].strip() in {"--", "—", "__"}
        if any(line.startswith(">") for line in lines) or len(lines) > LONGEST_SIGNATURE:
            return "both" if dashed else "earlier"
        return "signature" if dashed or len(lines) == 1 else "earlier"

    @property
    def doubt(self) -> str:
        """Why it may be somebody else's (decision 24): failed, unknown, number; else nothing."""
        if self.direction != self.Direction.FAMILY:
            return ""
        if self.channel in {self.Channel.TEXT, self.Channel.VOICEMAIL}:
            return "number"  # whoever sends chooses the number that is shown
        if self.channel != self.Channel.EMAIL or self.sender_check == "passed":
            return ""
        return "failed" if self.sender_check == "failed" else "unknown"


class Suggestion(models.Model):
    """What the wording of a family's message may be about: a person decides, nobody is told."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    reason = models.CharField(max_length=120, help_text="The sentence as it was shown.")
    words = models.CharField(max_length=200, help_text="The message's own.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "reason"], name="suggested_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", by=None, decided_at=None)
                | (~Q(state="waiting") & Q(by__isnull=False, decided_at__isnull=False)),
                name="suggestion_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.public_id}"


class Aside(models.Model):
    """A machine's mail that came to a thread, such as "out of office": no clock hears of it."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="asides")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(blank=True)
    back_on = models.DateField(null=True, help_text="The day of return that it names.")
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Aside {self.public_id}"


class Attachment(models.Model):
    """A photo or file that came with a message."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    stored = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nothing while it still lies with a telephone company.",
    )
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100, help_text="As sniffed, never as told.")
    held_because = models.CharField(max_length=120, blank=True)
    looked_at = models.DateTimeField(null=True, help_text="Nobody has it before.")
    thumbnail = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    virus = models.CharField(max_length=120, blank=True)
    released_by = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_at__isnull=False) | ~Q(held_because=""),
                name="file_held_until_it_was_looked_through",
            ),
            models.CheckConstraint(
                condition=Q(stored__isnull=False) | Q(looked_at=None),
                name="file_looked_through_is_there",
            ),
            models.CheckConstraint(
                condition=Q(virus="") | ~Q(held_because=""), name="file_with_a_virus_stays_held"
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "id"], condition=Q(looked_at=None), name="file_to_look_through"
            )
        ]

    def __str__(self) -> str:
        return self.name
