"""The room as Django knows it."""

from django.apps import AppConfig


class Ledger(AppConfig):
    """The ledger room."""

    name = "schoolgate.ledger"
