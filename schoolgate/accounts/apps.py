"""The room as Django knows it."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """The accounts room."""

    name = "schoolgate.accounts"
