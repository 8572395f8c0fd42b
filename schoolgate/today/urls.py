"""Addresses of this room, below a school's own: nouns."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
