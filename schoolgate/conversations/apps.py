"""The room as Django knows it."""

from django.apps import AppConfig


class Conversations(AppConfig):
    """The conversations room."""

    name = "schoolgate.conversations"
