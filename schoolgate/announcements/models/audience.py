"""For whom an announcement is: parts of the school, never people, and never frozen."""

import uuid

from django.db import models
from django.db.models import Q

from schoolgate.announcements.models.announcement import Announcement
from schoolgate.people.models import Group, Pupil, TeamMember
from schoolgate.school.models import School


class PupilList(models.Model):
    """Children who go to a meeting or on a trip, or another list that the school keeps."""

    class Kind(models.TextChoices):
        TRIP = "trip"
        MEETING = "meeting"
        OTHER = "other"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    made_by = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ListedPupil(models.Model):
    """One child on a list."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    pupil_list = models.ForeignKey(PupilList, on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil_list", "pupil"], name="listed_once")]

    def __str__(self) -> str:
        return f"{self.pupil} on {self.pupil_list}"


class AudiencePart(models.Model):
    """One part of an audience; who belongs to it is asked at publishing."""

    class Kind(models.TextChoices):
        SCHOOL = "school"
        PHASE = "phase"
        GROUP = "group"  # a tutor group or a class
        CHILD = "child"
        LIST = "list"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    phase = models.CharField(max_length=60, blank=True)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="+")
    pupil_list = models.ForeignKey(PupilList, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="school", phase="", group=None, pupil=None, pupil_list=None)
                | (Q(kind="phase", group=None, pupil=None, pupil_list=None) & ~Q(phase=""))
                | Q(kind="group", phase="", group__isnull=False, pupil=None, pupil_list=None)
                | Q(kind="child", phase="", group=None, pupil__isnull=False, pupil_list=None)
                | Q(kind="list", phase="", group=None, pupil=None, pupil_list__isnull=False),
                name="audience_part_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.group or self.pupil or self.pupil_list or self.phase or self.kind)
