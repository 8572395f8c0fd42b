"""Addresses of this room, below a school's own: nouns."""

from django.urls import path

from schoolgate.today.views import confirming, family, home_times, missing, team

urlpatterns = [
    path("today/urgent/", family.urgently, name="write_urgently"),
    path("today/ring-me/", family.ring_me, name="ring_me"),
    path("today/confirming/<str:token>/", confirming.confirming, name="confirming_collection"),
    path("today/<uuid:public_id>/", family.one, name="for_today_one"),
    path("today/<uuid:public_id>/taking-back/", family.taking_back, name="taking_back_today"),
    path("today/<slug:kind>/", family.telling, name="tell_today"),
    path("for-today/", team.for_today, name="for_today"),
    path("for-today/seeing/", team.seeing, name="seeing_today"),
    path("for-today/<uuid:public_id>/not-today/", team.not_today, name="not_today"),
    path("for-today/messages/<uuid:public_id>/", team.choosing, name="choose_for_today"),
    path("for-today/pick-ups/", team.pick_ups, name="pick_ups"),
    path("for-today/pick-ups/<uuid:public_id>/ringing/", team.rang, name="rang_about_pick_up"),
    path("for-today/pick-ups/<uuid:public_id>/deciding/", team.deciding, name="deciding_pick_up"),
    path("people/<uuid:public_id>/home-times/", home_times.home_times, name="home_times"),
    path("home-times/<uuid:public_id>/end/", home_times.home_time_end, name="home_time_end"),
    path("registers/", missing.registers, name="registers"),
    path("registers/<int:number>/", missing.register, name="register"),
    path("missing/", missing.missing, name="missing"),
    path("missing/<int:number>/ringing/", missing.rang, name="rang_about_missing"),
]
