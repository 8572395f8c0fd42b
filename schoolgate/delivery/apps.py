"""The room as Django knows it."""

from django.apps import AppConfig


class Delivery(AppConfig):
    """The delivery room."""

    name = "schoolgate.delivery"
