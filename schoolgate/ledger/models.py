"""The entry: one thing that somebody did."""

from django.db import models


class Entry(models.Model):
    """Who did what, when, to what. The database refuses to change or delete one (Clause 2.2-T5)."""

    school_id = models.IntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(default=0)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["school_id", "object_kind", "object_id", "at"], name="entry_object"
            ),
            models.Index(fields=["school_id", "at"], name="entry_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_kind} {self.verb} {self.object_kind}"
