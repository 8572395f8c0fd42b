"""What leads outside the school: the children's own authorities, and files that go elsewhere."""

from django.db import models

from schoolgate.people.models import Pupil
from schoolgate.school.models import School


class Authority(models.Model):
    """The routes of one council's children's services, with the day they were last checked (T22).

    `name` is as it stands with the children (`Pupil.authority`).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    in_hours = models.CharField(max_length=40)
    hours = models.CharField(max_length=80, blank=True)
    out_of_hours = models.CharField(max_length=40)
    lado = models.CharField(max_length=40, blank=True)
    checked_on = models.DateField()
    checked_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="authority_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class FileStep(models.Model):
    """What became of a child's safeguarding file when the child left: made, received (KCSIE)."""

    class Kind(models.TextChoices):
        MADE = "made"
        RECEIVED = "received"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    to_school = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file as made.")
    by_name = models.CharField(max_length=120)
    by_user_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"File step {self.pk}"
