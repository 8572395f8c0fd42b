"""The room as Django knows it."""

from django.apps import AppConfig


class Rehearsal(AppConfig):
    """The rehearsal room; installed only where the database is marked as a demo."""

    name = "schoolgate.rehearsal"
