"""The room as Django knows it."""

from django.apps import AppConfig


class Safeguarding(AppConfig):
    """The safeguarding room."""

    name = "schoolgate.safeguarding"
