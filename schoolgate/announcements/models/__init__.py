"""An announcement, for whom it is, what was answered, and whom the office rings."""

from schoolgate.announcements.models.announcement import Announcement, Approval, OtherWords
from schoolgate.announcements.models.answers import Answer
from schoolgate.announcements.models.audience import AudiencePart, ListedPupil, PupilList
from schoolgate.announcements.models.calls import Call, CallTry

__all__ = [
    "Announcement",
    "Answer",
    "Approval",
    "AudiencePart",
    "Call",
    "CallTry",
    "ListedPupil",
    "OtherWords",
    "PupilList",
]
