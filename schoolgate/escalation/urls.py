"""Addresses of this room, below a school's own: nouns."""

urlpatterns: list[object] = []
