"""Everybody who works with the children, the roles that they hold, and their groups."""

import uuid

from django.db import models
from django.db.models import F, Q

from schoolgate.people.sorting import sort_key
from schoolgate.school.models import School

IN_FILE = "What the file said last, by column: what differs here the office has changed."


class TeamMember(models.Model):
    """Everyone who works with the children, paid or not (Clause 1.1-P9)."""

    class Employment(models.TextChoices):
        EMPLOYED = "employed"
        AGENCY = "agency"
        CONSULTANT = "consultant"
        CONTRACTOR = "contractor"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(max_length=60, blank=True)
    user_id = models.BigIntegerField(
        null=True, db_index=True, help_text="Who signs in; no key upward."
    )
    name = models.CharField(max_length=120)
    sorted_by = sort_key("name")
    job_title = models.CharField(max_length=120, blank=True)
    employment = models.CharField(
        max_length=12, choices=Employment.choices, default=Employment.EMPLOYED
    )
    email = models.EmailField(blank=True, help_text="The school address, for alerts and sign-in.")
    works = models.JSONField(default=dict, help_text="Own hours by weekday, for part-time people.")
    line_leader = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    cover = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="The last day of an agency or fixed-term post.")
    access_ended_at = models.DateTimeField(null=True)
    in_file = models.JSONField(default=dict, help_text=IN_FILE)

    class Meta:
        ordering = ["sorted_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "external_id"],
                condition=~Q(external_id=""),
                name="team_once_imported",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told_apart(self) -> str:
        """The name with what they do: enough beside a namesake."""
        return f"{self} ({self.job_title})" if self.job_title else str(self)


class Absence(models.Model):
    """When somebody is away and who has their work meanwhile; never why (5.2).

    Without cover it is recorded with a reason for that, and alarms the next person (decision 13).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="absences")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, help_text="Nothing while nobody knows.")
    cover = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    no_cover_because = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, help_text="When the work was moved.")
    ended_at = models.DateTimeField(null=True, help_text="Back, or never gone.")

    class Meta:
        ordering = ["from_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")),
                name="absence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(cover__isnull=False) | ~Q(no_cover_because=""),
                name="absence_has_cover_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cover=None) | ~Q(cover=F("member")), name="nobody_covers_for_themselves"
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "from_at"], condition=Q(ended_at=None), name="absence_open"
            )
        ]

    def __str__(self) -> str:
        return f"Absence {self.pk}"


class RoleHolding(models.Model):
    """Who holds a role of the school's ladder, from when until when."""

    class Role(models.TextChoices):
        OFFICE = "office"
        TUTOR = "tutor"
        ASSISTANT_HEAD = "assistant_head"
        HEAD = "head"
        DSL = "dsl"
        DEPUTY_DSL = "deputy_dsl"
        GROUP_LEAD = "group_lead"
        FAMILY_LIAISON = "family_liaison"
        CLINICAL = "clinical"
        CENTRAL_SENDER = "central_sender"  # who alone sends texts (Clause 2.1-M3)

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="roles")
    # Any role of the school's own ladder; `Role` names those that the house knows by itself.
    role = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role"], condition=Q(until=None), name="role_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.role}"


class Group(models.Model):
    """A tutor group or a class, with the tutor who answers first (Clause 1.0-A2)."""

    class Kind(models.TextChoices):
        TUTOR = "tutor"
        CLASS = "class"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    external_id = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=80)
    sorted_by = sort_key("name")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TUTOR)
    phase = models.CharField(max_length=60, blank=True, help_text="Such as primary or sixth form.")
    tutor = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="groups"
    )

    class Meta:
        ordering = ["sorted_by", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name", "kind"], name="group_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class GroupHelper(models.Model):
    """A team member who works with a group besides its tutor, and so may see its conversations."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="helpers")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="helps")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="helps_once")]

    def __str__(self) -> str:
        return f"{self.member} helps in {self.group}"
