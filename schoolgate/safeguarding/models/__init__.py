"""What this room keeps: concerns and their record, who is told and watches, what goes outside."""

from schoolgate.safeguarding.models.concerns import Addition, Concern, Reading, Step
from schoolgate.safeguarding.models.outside import Authority, FileStep
from schoolgate.safeguarding.models.watching import Alert, BrokenGlass, OnCall, RotaGap, View

__all__ = [
    "Addition",
    "Alert",
    "Authority",
    "BrokenGlass",
    "Concern",
    "FileStep",
    "OnCall",
    "Reading",
    "RotaGap",
    "Step",
    "View",
]
