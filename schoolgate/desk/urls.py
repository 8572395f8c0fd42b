"""Addresses of the pages that join rooms."""

from django.urls import path

from schoolgate.desk.views import family, look, office, team

in_a_school = [
    path("", family.home, name="home"),
    path("urgent/", family.urgent, name="urgent"),
    path("to-answer/", team.to_answer, name="to_answer"),
    path("promised/", team.promised, name="promised"),
    path("with-the-family/", team.with_family, name="with_family"),
    path("conversations/", team.conversations, name="conversations"),
    path("hand-offs/", office.hand_offs, name="hand_offs"),
    path("not-reached/", office.unreached, name="not_reached"),
    path("colours.css", look.colours, name="colours"),
]
of_everybody = [
    path("", look.start, name="start"),
    path("look/", look.look, name="look"),
    path("leave/", look.leave, name="leave"),
    path("alive/", look.alive, name="alive"),
]
