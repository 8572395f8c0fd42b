"""Where carers live together and how each may be reached."""

from django.db import models
from django.db.models import Q

from schoolgate.people.models.children import Carer
from schoolgate.people.models.team import TeamMember
from schoolgate.school.models import School


class Household(models.Model):
    """A dated group of carers, from the import or the office; never guessed."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    external_id = models.CharField(max_length=60, blank=True)
    address = models.TextField(blank=True, help_text="Lines for an envelope (threat T2).")

    def __str__(self) -> str:
        return self.name


class HouseholdStay(models.Model):
    """A carer in a household, from a day until a day."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="stays")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="stays")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carer"], condition=Q(until=None), name="one_household_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.carer} in {self.household}"


class ContactRoute(models.Model):
    """One way to reach a carer, in their order of preference."""

    class Kind(models.TextChoices):
        EMAIL = "email"
        MOBILE = "mobile"
        PHONE = "phone"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="routes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=254)
    preference = models.SmallIntegerField(default=1, help_text="1 is tried first.")
    verified_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["preference", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["carer", "kind", "value"], condition=Q(ended_at=None), name="route_once"
            )
        ]
        indexes = [models.Index(fields=["school", "kind", "value"], name="route_by_value")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.carer}"


class NoSafeRoute(models.Model):
    """A carer to whom nothing can safely be sent: a standing task with a name on it (decision 19).

    While it is open no email leaves to them; what they read in the portal stays.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="no_safe_routes")
    held_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, help_text="For the team: how they are reached.")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["begun_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["carer"], condition=Q(ended_at=None), name="no_safe_route_once"
            )
        ]

    def __str__(self) -> str:
        return f"No safe route to {self.carer}"
