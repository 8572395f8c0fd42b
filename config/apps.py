"""The fuse box as Django knows it: when all rooms are there, the wires go in."""

from django.apps import AppConfig

from config import wiring


class FuseBox(AppConfig):
    """Connects the rooms and schedules what recurs."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """Called once, when every room is loaded."""
        wiring.connect()
