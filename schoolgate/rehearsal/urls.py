"""Addresses that only a demo has."""

from django.urls import path

from schoolgate.rehearsal import views

urlpatterns = [
    path("enter/", views.entry, name="entry"),
    path("entering/", views.entering, name="entering"),
    path("outbox/", views.outbox, name="outbox"),
]
