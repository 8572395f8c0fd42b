"""The room as Django knows it."""

from django.apps import AppConfig


class Drill(AppConfig):
    """The room that plays days that go wrong."""

    name = "schoolgate.drill"
