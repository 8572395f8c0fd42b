"""The concern, in the words of who raised it; what was added, read, decided and done."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.people.models import Carer, Pupil, TeamMember
from schoolgate.school.models import School


class Concern(models.Model):
    """A worry about a child's safety, in its author's own words, never changed (5.4).

    `about_member` is the adult at the school whom it is about, if any: the database keeps the row
    from that person, whatever role they hold (threat T3).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    raised_by_carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, null=True, related_name="+"
    )
    raised_by_member = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    author_user_id = models.BigIntegerField()
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, related_name="+")
    about_member = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+"
    )
    about_adult = models.BooleanField(default=False)
    words = models.TextField()
    from_message = models.UUIDField(null=True, help_text="The message that it was raised from.")
    once = models.UUIDField(null=True, help_text="The form's own id: a double press is one.")
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author_user_id", "once"], name="concern_raised_once"),
            models.CheckConstraint(
                condition=Q(raised_by_carer__isnull=False, raised_by_member=None)
                | Q(raised_by_carer=None, raised_by_member__isnull=False),
                name="concern_raised_by_one_person",
            ),
        ]
        indexes = [models.Index(fields=["school", "-raised_at"], name="concern_latest")]

    def __str__(self) -> str:
        return f"Concern {self.public_id}"


class Addition(models.Model):
    """Something added to a concern: "I am still worried", or the team's own record."""

    class Kind(models.TextChoices):
        STILL_WORRIED = "still worried"
        RECORD = "record"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="additions")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    by_name = models.CharField(max_length=120)
    by_user_id = models.BigIntegerField()
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Addition {self.pk}"


class Reading(models.Model):
    """Who read a concern, once for each time that somebody was called to look (5.4 READ)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="readings")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Reading {self.pk}"


class Step(models.Model):
    """One thing that was said, decided or done about a concern; never changed (KCSIE).

    `of` is what it answers: the action that is done, the row that is put right. `member` is whom
    it is about: the adult of a concern that was passed on, or who is kept from it.
    """

    class Kind(models.TextChoices):
        DISCUSSION = "discussion"
        DECISION = "decision"
        TRIAGE = "triage"
        ACTION = "action"
        DONE = "done"
        OUTCOME = "outcome"
        AMENDMENT = "amendment"
        REVIEW = "review"
        CLOSING = "closing"
        AGREED = "agreed"
        DISAGREED = "disagreed"
        REOPENED = "reopened"
        PASSED = "passed"
        KEPT_FROM = "kept from"
        TOLD_LADO = "told lado"
        TEXT_SEALED = "text sealed"
        WORDS_GIVEN = "words given"
        HELD_BACK = "held back"
        HANDED_OVER = "handed over"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    outcome = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    by_user_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["concern", "kind"], name="step_of_concern")]
        constraints = [
            models.UniqueConstraint(
                fields=["of"], condition=Q(kind="done"), name="action_done_once"
            )
        ]

    def __str__(self) -> str:
        return f"Step {self.pk}"
