"""The room as Django knows it."""

from django.apps import AppConfig


class School(AppConfig):
    """The school room."""

    name = "schoolgate.school"
