"""The room as Django knows it."""

from django.apps import AppConfig


class Announcements(AppConfig):
    """The announcements room."""

    name = "schoolgate.announcements"
