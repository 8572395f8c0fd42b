"""Pupils and carers, and what each carer may receive for each child."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format

from schoolgate.people.models.team import IN_FILE, Group, TeamMember
from schoolgate.people.same_name import first_name_of
from schoolgate.people.sorting import sort_key
from schoolgate.school.models import School


class Pupil(models.Model):
    """A child or young person on the school's roll."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(max_length=60, blank=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    known_as = models.CharField(max_length=80, blank=True)
    sorted_by = sort_key("first_name", "last_name", "known_as")
    born_on = models.DateField(null=True)
    tutor_group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, related_name="pupils"
    )
    authority = models.CharField(
        max_length=120, blank=True, help_text="The child's own local authority."
    )
    left_on = models.DateField(null=True)
    left_by_file = models.BooleanField(
        default=False, help_text="They stood in the file no more; nobody here wrote a last day."
    )
    in_file = models.JSONField(default=dict, help_text=IN_FILE)
    rights_reviewed_at = models.DateTimeField(
        null=True, help_text="When they said, at 16 or over, who receives what (decision 19)."
    )
    rights_reviewed_by = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["sorted_by", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rights_reviewed_at=None, rights_reviewed_by=None)
                | Q(rights_reviewed_at__isnull=False, rights_reviewed_by__isnull=False),
                name="rights_reviewed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["school", "external_id"],
                condition=~Q(external_id=""),
                name="pupil_once_imported",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def told_apart(self) -> str:
        """The name with the class, and the birthday's day and month: enough beside a namesake."""
        born = date_format(self.born_on, "j F") if self.born_on else ""
        more = [self.tutor_group.name if self.tutor_group else "", born]
        return f"{self} ({', '.join(filter(None, more))})" if any(more) else str(self)

    @property
    def called(self) -> str:
        """The name that the child goes by."""
        return self.known_as or self.first_name


class ClassPlace(models.Model):
    """A child's place in a class, besides the tutor group."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="places")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="classes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "pupil"], name="one_place_in_a_class")
        ]

    def __str__(self) -> str:
        return f"{self.pupil} in {self.group}"


class Carer(models.Model):
    """One adult in a child's life: parent, foster carer, kin, social worker (reading O16)."""

    class Capacity(models.TextChoices):
        FAMILY = "family"
        PROFESSIONAL = "professional"  # the placing authority's officer (decision 19)

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(max_length=60, blank=True)
    user_id = models.BigIntegerField(
        null=True, db_index=True, help_text="Who signs in; no key upward."
    )
    name = models.CharField(max_length=120)
    sorted_by = sort_key("name")
    called = models.CharField(max_length=80, blank=True, help_text="How they wish to be greeted.")
    capacity = models.CharField(max_length=12, choices=Capacity.choices, default=Capacity.FAMILY)
    language = models.CharField(max_length=12, default="en")
    needs = models.JSONField(default=list, help_text="What they asked for, such as large print.")
    what_helps_us = models.TextField(blank=True, help_text="In the family's own words (1.0-S1).")
    protected_address = models.BooleanField(
        default=False, help_text="The address itself is never stored here (threat T2)."
    )
    unprotected_at = models.DateTimeField(
        null=True, help_text="When the head or DSL took the mark away: no file brings it back."
    )
    last_signed_in_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    in_file = models.JSONField(default=dict, help_text=IN_FILE)

    class Meta:
        ordering = ["sorted_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "external_id"],
                condition=~Q(external_id=""),
                name="carer_once_imported",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told_apart(self) -> str:
        """The name with the children: enough beside a namesake."""
        links = self.links.filter(ended_at=None).select_related("pupil")
        children = ", ".join(str(link.pupil) for link in links.order_by("pupil__sorted_by"))
        return f"{self} ({children})" if children else str(self)

    @property
    def greeting(self) -> str:
        """The name to begin a message with."""
        return self.called or first_name_of(self.name)

    @property
    def is_professional(self) -> bool:
        """Whether they act for the placing authority, and not as family (decision 19)."""
        return self.capacity == self.Capacity.PROFESSIONAL


class Receives(models.IntegerChoices):
    """What a carer may receive for one child; each level holds the ones before it."""

    NOTHING = 0
    GENERAL = 1
    PROGRESS = 2


class Link(models.Model):
    """One carer and one child: who they are to the child, and what they may receive.

    Equal information is the default; an order or limit only takes away (see `Limit`).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="links")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="links")
    relationship = models.CharField(max_length=60)
    receives = models.SmallIntegerField(choices=Receives.choices, default=Receives.PROGRESS)
    ground = models.CharField(
        max_length=120, blank=True, help_text="The legal ground that was seen."
    )
    collects = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    ended_by_file = models.BooleanField(
        default=False, help_text="It stood in the file no more; nobody here ended it."
    )
    in_file = models.JSONField(default=dict, help_text=IN_FILE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "carer"], condition=Q(ended_at=None), name="linked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.carer}, {self.relationship} of {self.pupil}"


class Limit(models.Model):
    """A court order or other limit on one adult and one child (decision 26).

    It lies on the two of them, on every link that they have had or will have; `link` is the one on
    which it was written. When `ends_on` passes nothing widens by itself: only a decision lifts it
    (decision 4).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="limits")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    receives_at_most = models.SmallIntegerField(choices=Receives.choices)
    says = models.CharField(max_length=200, help_text="In words for the team: what it allows.")
    is_court_order = models.BooleanField(default=True)
    begins_at = models.DateTimeField()
    ends_on = models.DateField(null=True)
    seen_by = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_because = models.TextField(blank=True)
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The same order on another row of this adult or child.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "carried_from"], name="limit_carried_once"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | (Q(lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="limit_lifted_by_somebody_with_reasons",
            ),
        ]
        indexes = [
            models.Index(
                fields=["pupil", "carer"], condition=Q(lifted_at=None), name="limit_of_two"
            )
        ]

    def save(self, **more: Any) -> None:
        """The two are those of the link."""
        if self._state.adding:
            self.pupil_id, self.carer_id = self.link.pupil_id, self.link.carer_id
        super().save(**more)

    def __str__(self) -> str:
        return self.says
