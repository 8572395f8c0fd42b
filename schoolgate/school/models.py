"""The school, its calendar as the office keeps it, and its stored files."""

import uuid
from functools import lru_cache

from django.db import models

from schoolgate.school.settings import SchoolSettings, parse


@lru_cache(maxsize=512)
def _read_settings(text: str, slug: str) -> SchoolSettings:
    return parse(text, f"the settings of {slug}")


class School(models.Model):
    """One school with its settings file as it was opened; the list has no row security."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    settings_text = models.TextField()
    inbound_address = models.EmailField(unique=True, help_text="Where families' email arrives.")
    demo = models.BooleanField(default=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def settings(self) -> SchoolSettings:
        """What the policy fixes for this school, read from its file once per process."""
        return _read_settings(self.settings_text, self.slug)


class CalendarEntry(models.Model):
    """A term, closure, half day, or INSET day, as the office declared it."""

    class Kind(models.TextChoices):
        TERM = "term"
        CLOSURE = "closure"
        INSET = "inset"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    first = models.DateField()
    last = models.DateField()
    hours = models.JSONField(default=list, help_text="The hours that it is open, on a half day.")
    reason = models.CharField(max_length=200, blank=True)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="calendar_entry_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} to {self.last}"


class StoredFile(models.Model):
    """A file kept under the SHA-256 of its bytes; the row comes after the bytes are on disk."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "digest"], name="stored_file_once_a_school")
        ]

    def __str__(self) -> str:
        return self.digest
