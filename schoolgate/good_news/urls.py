"""Addresses of this room, below a school's own: nouns."""

from django.urls import path

from schoolgate.good_news.views import family, team

urlpatterns = [
    path("good-news/", team.good_news, name="good_news"),
    path("good-news/children/<uuid:public_id>/", team.child, name="good_news_of_child"),
    path("good-news/heard/", family.heard, name="good_news_heard"),
]
