"""An announcement, its words in other languages, and who said that it may be sent."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.announcements.states import State
from schoolgate.delivery.models import Content
from schoolgate.people.models import Receives, TeamMember
from schoolgate.school.models import School


class Announcement(models.Model):
    """One text for many people. Who they are is worked out at publishing, and never before."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in State], default=State.DRAFT.value
    )
    purpose = models.CharField(
        max_length=10,
        choices=[(one, one) for one in (Content.Purpose.SERVICE, Content.Purpose.NEWS)],
        default=Content.Purpose.SERVICE,
    )
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    level = models.SmallIntegerField(choices=Receives.choices, default=Receives.GENERAL)
    is_urgent = models.BooleanField(default=False)
    is_safety = models.BooleanField(
        default=False, help_text="Closure, transport, evacuation: goes whatever is held back."
    )
    by_text = models.BooleanField(default=False)
    by_letter = models.BooleanField(default=False)
    asks = models.CharField(
        max_length=10, choices=Content.Asks.choices, blank=True, default=Content.Asks.NOTHING
    )
    answer_by = models.DateTimeField(null=True, help_text="Until when an answer can be changed.")
    chase_at = models.DateTimeField(null=True, help_text="When those who said nothing are asked.")
    author = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    sender = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    sent_from = models.CharField(max_length=12, blank=True, help_text="The state before sending.")
    publish_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    content = models.OneToOneField(
        Content, on_delete=models.PROTECT, null=True, related_name="announcement"
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="correction"
    )
    what_was_wrong = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "corrected"])
                | Q(content__isnull=False, published_at__isnull=False, sender__isnull=False),
                name="what_is_published_has_content_and_sender",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["scheduled", "sending"])
                | Q(publish_at__isnull=False, sender__isnull=False),
                name="what_goes_has_a_time_and_a_sender",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "publish_at"],
                condition=Q(state__in=["scheduled", "sending"]),
                name="announcement_to_publish",
            ),
            models.Index(
                fields=["school", "chase_at"],
                condition=Q(chase_at__isnull=False, state="published"),
                name="announcement_to_chase",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"Announcement {self.pk}"

    @property
    def page(self) -> str:
        """Where a family reads it."""
        return f"/{self.school.slug}/from-school/{self.public_id}/"

    @property
    def team_page(self) -> str:
        """Where the team sees how it goes."""
        return f"/{self.school.slug}/announcements/{self.public_id}/"


class OtherWords(models.Model):
    """The announcement in another language, in somebody's own words."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    announcement = models.ForeignKey(
        Announcement, on_delete=models.CASCADE, related_name="other_words"
    )
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "language"], name="announced_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.announcement} in {self.language}"


class Approval(models.Model):
    """A team member asked the central sender to send it, and what was said (Clause 2.1-M3)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    announcement = models.ForeignKey(
        Announcement, on_delete=models.CASCADE, related_name="approvals"
    )
    asked_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["announcement"], condition=Q(decided_at=None), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, approved=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, approved=True)
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, approved=False)
                    & ~Q(reason="")
                ),
                name="declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} asked for {self.announcement}"
