"""The room as Django knows it."""

from django.apps import AppConfig


class Inbound(AppConfig):
    """The inbound room."""

    name = "schoolgate.inbound"
