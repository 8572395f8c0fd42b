"""The room as Django knows it."""

from django.apps import AppConfig


class Desk(AppConfig):
    """The desk room."""

    name = "schoolgate.desk"
