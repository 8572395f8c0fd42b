"""The room as Django knows it."""

from django.apps import AppConfig


class Escalation(AppConfig):
    """The escalation room."""

    name = "schoolgate.escalation"
