"""The room as Django knows it."""

from django.apps import AppConfig


class Incidents(AppConfig):
    """The room of what must be told today."""

    name = "schoolgate.incidents"
