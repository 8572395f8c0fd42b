"""The room as Django knows it."""

from django.apps import AppConfig


class Policy(AppConfig):
    """The policy room."""

    name = "schoolgate.policy"
