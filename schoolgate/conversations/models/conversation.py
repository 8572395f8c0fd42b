"""The conversation, and which promises it has had."""

import uuid

from django.db import models
from django.db.models import F, Q

from schoolgate.conversations.states import SIDE, State
from schoolgate.delivery.models import Content
from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School


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

    # A row that moves is written anew in each of its indexes: those below begin with the school and
    # the carer, and nobody is looked for by who had it first or whom it is about.
    school = models.ForeignKey(School, on_delete=models.PROTECT, db_index=False)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, related_name="conversations", db_index=False
    )
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
    first_owner = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Of what was taken further: who had it before, and stays informed.",
    )
    about_member = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The colleague whom it is about: never has it, never reads it.",
    )
    about_office = models.BooleanField(
        default=False,
        db_default=False,
        help_text="It is about the office: nobody of the office has it or reads it.",
    )
    followed_since = models.DateTimeField(
        null=True, help_text="An open issue: the family always knows the next news' moment."
    )
    sensitive = models.BooleanField(default=False)
    guided = models.BooleanField(
        default=False,
        db_default=False,
        help_text="A leader gives the words that the family is answered with.",
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
            models.CheckConstraint(
                condition=Q(about_member=None) | Q(owner=None) | ~Q(owner=F("about_member")),
                name="conversation_is_not_with_its_subject",
            ),
            models.CheckConstraint(
                condition=~Q(queue="office") | (~Q(kind="complaint") & Q(about_office=False)),
                name="complaint_is_not_with_the_office",
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


class Promised(models.Model):
    """Which promises a conversation has had; at most one of a kind is open."""

    # Written by the thousand in a sweep and found by thread alone; see `HandOver`.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="promised"
    )
    promise = models.OneToOneField(Promise, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.promise}"
