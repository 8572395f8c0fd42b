"""What happened, whom it was told to and how, what was put right later, and the sealed holds."""

import uuid

from django.db import models
from django.db.models import F, Q

from schoolgate.conversations.models import Conversation
from schoolgate.delivery.models import Content
from schoolgate.incidents.kinds import CHOICES
from schoolgate.incidents.states import State
from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.school.models import School


class Incident(models.Model):
    """One thing that happened to one child, as it was written down; nothing of it is edited.

    `due_at` (UTC) is when each adult entitled must have been told; `pressed_at` when somebody said
    that they are told now. Figures count the kinds that `kinds` names.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=12, choices=CHOICES)
    happened_at = models.DateTimeField()
    lasted = models.PositiveSmallIntegerField(null=True, help_text="Minutes.")
    place = models.CharField(max_length=120)
    facts = models.TextField()
    led_to_it = models.TextField(blank=True)
    helped = models.TextField(blank=True)
    was_hurt = models.BooleanField(default=False, help_text="Anybody was hurt; for the figures.")
    injuries = models.TextField(blank=True, help_text="Who was hurt and what first aid was given.")
    there = models.ManyToManyField(TeamMember, through="WasThere", related_name="+")
    talk_to = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=80, blank=True, help_text="The school's, never a private.")
    named_because = models.CharField(
        max_length=300, blank=True, help_text="Why another child is named (decision 17)."
    )
    written_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    pressed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("written_at")), name="incident_written_afterwards"
            )
        ]
        indexes = [
            models.Index(
                fields=["school", "due_at"],
                condition=Q(pressed_at=None),
                name="incident_not_told",
            ),
            models.Index(fields=["school", "-happened_at"], name="incident_of_school"),
        ]

    def __str__(self) -> str:
        return f"Incident {self.public_id}"

    @property
    def page(self) -> str:
        """Where the team finds it; an address without names."""
        return f"/{self.school.slug}/told-today/{self.public_id}/"


class WasThere(models.Model):
    """Somebody of the team was there."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "member"], name="was_there_once")
        ]

    def __str__(self) -> str:
        return f"{self.member}"


class Telling(models.Model):
    """Telling one adult of one incident: by which thread, and whether it reached them.

    Whether it is held back is not written here: the sealed `Hold` alone knows.
    """

    class Way(models.TextChoices):
        CALL = "call"
        IN_PERSON = "in person"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="tellings")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12,
        choices=[(one.value, one.value) for one in State if one is not State.HELD],
        default=State.WRITTEN.value,
    )
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    content = models.ForeignKey(
        Content, on_delete=models.PROTECT, null=True, related_name="+", help_text="What was sent."
    )
    sent_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When it went, arrived, or was said.")
    spoken_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    words = models.TextField(blank=True, help_text="What was said, written down.")

    class Meta:
        ordering = ["carer__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "carer"], name="told_once"),
            models.CheckConstraint(
                condition=~Q(state="recorded")
                | (Q(spoken_by__isnull=False, told_at__isnull=False) & ~Q(way="") & ~Q(words="")),
                name="told_by_voice_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="told") | Q(told_at__isnull=False), name="told_at_a_moment"
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "incident"],
                condition=Q(state__in=["written", "not reached"]),
                name="telling_open",
            )
        ]

    def __str__(self) -> str:
        return f"Telling {self.public_id}"


class Correction(models.Model):
    """What was put right later; what was written before stays as it is."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="corrections")
    words = models.TextField()
    named_because = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Correction {self.pk}"


class SecondReading(models.Model):
    """A second reader: who was asked, and what they said; nobody has to wait for it."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "reader"], name="asked_to_read_once")
        ]

    def __str__(self) -> str:
        return f"Second reading {self.pk}"


class Hold(models.Model):
    """One adult, or everybody, is not told for now: a risk of significant harm (decision 10).

    Read by the safeguarding lead and deputies alone, and by none of them who is an adult of that
    child. All else asks the database's function, which says yes or no.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, null=True, related_name="+", help_text="None: everybody."
    )
    reason = models.TextField()
    from_at = models.DateTimeField()
    review_on = models.DateField()
    set_by_user = models.BigIntegerField()
    asked_at = models.DateTimeField(null=True, help_text="When its readers were asked to look.")
    ended_at = models.DateTimeField(null=True)
    ended_by_user = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["from_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="held_with_a_reason"),
            models.UniqueConstraint(
                fields=["incident", "carer"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Hold {self.public_id}"
