"""Addresses of this room, below a school's own; ids in them are random."""

from django.urls import path

from schoolgate.safeguarding.views import sealed, worried

urlpatterns = [
    path("worried/", worried.worried, name="worried"),
    path("worried/<uuid:public_id>/", worried.own_concern, name="own_concern"),
    path("sealed/", sealed.concerns, name="sealed"),
    path("sealed/<uuid:public_id>/", sealed.concern, name="sealed_concern"),
]
