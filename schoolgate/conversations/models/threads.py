"""The conversation, its messages, the team's notes, and what was done to it."""

import uuid

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from schoolgate.conversations.states import SIDE, State
from schoolgate.delivery.models import Content
from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School, StoredFile
from schoolgate.worries.reasons import Kind


class Conversation(models.Model):
    """One thread between one carer and the school; one owner, a person or a staffed queue."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary"
        COMPLAINT = "complaint"
        HELP = "help"
        MEETING = "meeting"
        POLICY = "policy"

    class Queue(models.TextChoices):
        OFFICE = "office"
        COMPLAINTS = "complaints"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="conversations")
    pupil = models.ForeignKey(
        Pupil, on_delete=models.PROTECT, null=True, related_name="conversations"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ORDINARY)
    topic = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State])
    side = models.CharField(max_length=6)
    owner = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="owns")
    queue = models.CharField(max_length=12, choices=Queue.choices, blank=True)
    owned_since = models.DateTimeField()
    sensitive = models.BooleanField(default=False)
    guided = models.BooleanField(
        default=False, help_text="A leader gives the words that the family is answered with."
    )
    due_at = models.DateTimeField(null=True, help_text="The soonest open promise, for the inbox.")
    answers = models.ForeignKey(
        Content,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="What went to many and this family answered, in a thread of its own.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The thread of the same matter in which this one goes on.",
    )
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_channel = models.CharField(max_length=10)
    preview = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carer", "answers"],
                condition=Q(answers__isnull=False),
                name="one_thread_for_each_familys_answers",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, queue="") | (Q(owner=None) & ~Q(queue="")),
                name="conversation_has_exactly_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(
                    *[Q(state=state.value, side=side) for state, side in SIDE.items()],
                    _connector=Q.OR,
                ),
                name="conversation_side_follows_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "due_at", "id"],
                condition=Q(side="school"),
                name="inbox_of_school",
            ),
            models.Index(
                fields=["owner", "due_at", "id"], condition=Q(side="school"), name="inbox_of_owner"
            ),
            models.Index(
                fields=["school", "queue", "due_at"],
                condition=Q(side="school") & ~Q(queue=""),
                name="inbox_of_queue",
            ),
            models.Index(fields=["carer", "-last_at"], name="home_of_carer"),
            models.Index(fields=["school", "-last_at"], name="latest_of_school"),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.public_id}"

    @property
    def page(self) -> str:
        """Where it stands in the portal; an address without names."""
        return f"/{self.school.slug}/conversations/{self.public_id}/"


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


class Promised(models.Model):
    """Which promises a conversation has had; at most one of a kind is open."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="promised"
    )
    promise = models.OneToOneField(Promise, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.promise}"


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


class HandOver(models.Model):
    """Who had the work and who has it now."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="hand_overs"
    )
    from_member = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    from_queue = models.CharField(max_length=12, blank=True)
    to_member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    to_queue = models.CharField(max_length=12, blank=True)
    summary = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

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
