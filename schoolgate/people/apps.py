"""The room as Django knows it."""

from django.apps import AppConfig


class People(AppConfig):
    """The people room."""

    name = "schoolgate.people"
