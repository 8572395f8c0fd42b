"""The room as Django knows it."""

from django.apps import AppConfig


class GoodNews(AppConfig):
    """The room of good news."""

    name = "schoolgate.good_news"
