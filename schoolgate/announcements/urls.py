"""Addresses of this room, below a school's own: nouns."""

from django.urls import path

from schoolgate.announcements.views import calls, family, links, sending, team

urlpatterns = [
    path("announcements/", team.announcements, name="announcements"),
    path("announcements/new/", team.new, name="announcement_new"),
    path("announcements/lists/", team.lists, name="pupil_lists"),
    path("announcements/lists/<uuid:public_id>/end/", team.list_end, name="pupil_list_end"),
    path("announcements/<uuid:public_id>/", team.announcement, name="announcement"),
    path("announcements/<uuid:public_id>/words/", team.words, name="announcement_words"),
    path(
        "announcements/<uuid:public_id>/other-words/",
        team.other_words,
        name="announcement_other_words",
    ),
    path("announcements/<uuid:public_id>/sending/", sending.sendings, name="announcement_sending"),
    path(
        "announcements/<uuid:public_id>/taking-back/",
        sending.takings_back,
        name="announcement_taking_back",
    ),
    path("announcements/<uuid:public_id>/request/", sending.requests, name="announcement_request"),
    path(
        "announcements/<uuid:public_id>/decision/", sending.decisions, name="announcement_decision"
    ),
    path(
        "announcements/<uuid:public_id>/correction/",
        team.correction,
        name="announcement_correction",
    ),
    path("announcements/<uuid:public_id>/naming/", sending.namings, name="announcement_naming"),
    path("announcements/<uuid:public_id>/answers/", team.answers, name="announcement_answers"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<int:number>/tries/", calls.tries, name="call_tries"),
    path("from-school/", family.from_school, name="from_school"),
    path("from-school/news/", family.optional_news, name="optional_news"),
    path("from-school/<uuid:public_id>/", family.from_school_one, name="from_school_one"),
    path("from-school/<uuid:public_id>/answers/", family.answering, name="from_school_answer"),
    path("answer/<str:token>/", links.answer_link, name="answer"),
    path("stop-news/<str:token>/", links.stop_link, name="stop_news"),
]
