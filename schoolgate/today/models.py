"""What is for today, who collects whom, whose child is missing and who was rung about it."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.conversations.models import Conversation, Message
from schoolgate.people.models import Carer, ContactRoute, Group, Pupil, TeamMember
from schoolgate.school.models import School
from schoolgate.today.kinds import Chosen, Kind
from schoolgate.today.states import Collecting, State


class Matter(models.Model):
    """One thing that cannot wait, and whether a person has seen it (decision 1).

    It stands beside its message: owner and reply promise of the thread stay as they are. What came
    from nobody that is known lies in the tray, whose item `tray` names (no key upward).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    chosen = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Chosen])
    chosen_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="matters")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, related_name="matters")
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, related_name="matters"
    )
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="matters"
    )
    tray = models.UUIDField(null=True, help_text="The item of the tray; no key upward.")
    channel = models.CharField(max_length=10)
    day = models.DateField(help_text="The school day that it is for.")
    came_at = models.DateTimeField()
    due_at = models.DateTimeField()
    head_at = models.DateTimeField(help_text="When the head is alarmed if nobody has seen it.")
    alarmed = models.PositiveSmallIntegerField(
        default=0, help_text="1 the next person, 2 the head."
    )
    next_alarm_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When tutor and desks were told of it.")
    state = models.CharField(
        max_length=14, choices=[(one.value, one.value) for one in State], default=State.WAITING
    )
    seen_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    speaks_against = models.CharField(
        max_length=12, blank=True, help_text="Of words about the way home: a code without reasons."
    )

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "kind"], name="for_today_once_a_message"),
            models.UniqueConstraint(fields=["tray", "kind"], name="for_today_once_in_the_tray"),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="for_today_was_seen_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(seen_at=None),
                name="for_today_waits_until_seen",
            ),
            models.CheckConstraint(
                condition=Q(message__isnull=False, tray=None) | Q(message=None, tray__isnull=False),
                name="for_today_came_from_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "due_at"], condition=Q(state="waiting"), name="for_today_waiting"
            ),
            models.Index(
                fields=["school", "next_alarm_at"],
                condition=Q(state="waiting", next_alarm_at__isnull=False),
                name="for_today_to_alarm",
            ),
            models.Index(
                fields=["school", "id"], condition=Q(told_at=None), name="for_today_to_tell"
            ),
            models.Index(fields=["school", "day"], name="for_today_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.day}"


class Collection(models.Model):
    """Somebody else collects a child on a day: acted on only once it is confirmed."""

    class Refused(models.TextChoices):
        NOT_REFUSED = ""
        CHECK = "check"  # an order, a limit, a right to decide that is not there
        MAY_NOT_COME = "may not come"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="collection")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    who = models.CharField(max_length=120)
    relationship = models.CharField(max_length=80, blank=True)
    at = models.TimeField(null=True, help_text="By the school's clock; home time if not said.")
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in Collecting],
        default=Collecting.WAITING,
    )
    asked_route = models.ForeignKey(
        ContactRoute, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, help_text="When the question left for that route.")
    confirmed_by_route = models.ForeignKey(
        ContactRoute, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=12, choices=Refused.choices, blank=True)
    refused_at = models.DateTimeField(null=True)
    decided_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(confirmed_at__isnull=False, confirmed_by_route__isnull=False)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~Q(decided_because=""),
                name="collection_confirmed_by_a_known_route_or_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (~Q(refused="") & Q(refused_at__isnull=False)),
                name="collection_refused_for_something",
            ),
        ]
        indexes = [models.Index(fields=["school", "day"], name="collections_of_a_day")]

    def __str__(self) -> str:
        return f"Collection, {self.state}"


class Register(models.Model):
    """A class was looked through on a day: who is not marked missing was there."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    taken_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "day"], name="register_once_a_day")]

    def __str__(self) -> str:
        return f"Register of {self.day}"


class Missing(models.Model):
    """A child is not in school and nobody has said why: rung about from a set time."""

    class Ended(models.TextChoices):
        OPEN = ""
        HERE = "here"  # found, or came later
        EXPLAINED = "explained"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    marked_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    ended = models.CharField(max_length=9, choices=Ended.choices, blank=True)
    ended_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True, help_text="What was said.")
    alarmed_at = models.DateTimeField(null=True, help_text="When head and DSL were told.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "day"], name="missing_once_a_day"),
            models.CheckConstraint(
                condition=Q(ended="", ended_at=None) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="missing_ends_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "day"], condition=Q(ended=""), name="missing_to_ring")
        ]

    def __str__(self) -> str:
        return f"Missing on {self.day}"


class Try(models.Model):
    """Somebody was rung about a missing child; no number is kept here."""

    class Outcome(models.TextChoices):
        SPOKE = "spoke"
        VOICEMAIL = "voicemail"
        NO_ANSWER = "no answer"
        WRONG_NUMBER = "wrong number"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    missing = models.ForeignKey(Missing, on_delete=models.CASCADE, related_name="tries")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Rung, {self.outcome}"
