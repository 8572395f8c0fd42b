"""The room as Django knows it."""

from django.apps import AppConfig


class Design(AppConfig):
    """The design room."""

    name = "schoolgate.design"
