"""How a carer wishes to hear from the school, and whether they agreed to optional news."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from schoolgate.people.models.children import Carer
from schoolgate.school.models import School


class Preference(models.Model):
    """What one carer said about how they wish to hear; who said nothing has no row (2.1-M0)."""

    class Digest(models.TextChoices):
        NONE = ""
        DAILY = "daily"
        WEEKLY = "weekly"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    carer = models.OneToOneField(Carer, on_delete=models.PROTECT, related_name="preference")
    orders = models.JSONField(
        default=dict, help_text="Kind of message -> channels in the order that they are tried."
    )
    quiet_from = models.TimeField(null=True, help_text="In the school's zone.")
    quiet_until = models.TimeField(null=True)
    digest = models.CharField(max_length=8, choices=Digest.choices, default=Digest.NONE, blank=True)
    paused_rooms = ArrayField(
        models.CharField(max_length=40), default=list, help_text="Rooms that send them nothing now."
    )
    fixed_phrases = models.BooleanField(
        default=False, help_text="A notice may say which of four things it is (decision 12)."
    )
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            )
        ]

    def __str__(self) -> str:
        return f"How {self.carer} wishes to hear"


class NewsConsent(models.Model):
    """A carer agreed to optional news, from when until when; never needed for service messages."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="news_consents")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=60, help_text="By which way: the portal, a form.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carer"], condition=Q(ended_at=None), name="agreed_to_news_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.carer} agreed to news"
