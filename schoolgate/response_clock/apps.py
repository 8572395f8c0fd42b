"""The room as Django knows it."""

from django.apps import AppConfig


class ResponseClock(AppConfig):
    """The response clock room."""

    name = "schoolgate.response_clock"
