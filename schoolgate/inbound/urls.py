"""Addresses of this room, below a school's own: nouns."""

from django.urls import path

from schoolgate.inbound import views

urlpatterns = [
    path("tray/", views.tray, name="tray"),
    path("tray/<uuid:public_id>/", views.tray_item, name="tray_item"),
    path("tray/<uuid:public_id>/filing/", views.filings, name="tray_filing"),
    path("tray/<uuid:public_id>/setting-aside/", views.setting_aside, name="tray_setting_aside"),
    path("tray/<uuid:public_id>/original/", views.original, name="tray_original"),
]
