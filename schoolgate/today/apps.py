"""The room as Django knows it."""

from django.apps import AppConfig


class Today(AppConfig):
    """The room of what is for today."""

    name = "schoolgate.today"
