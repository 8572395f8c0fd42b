"""Addresses of the drills."""

from django.urls import path

from schoolgate.drill import views

urlpatterns = [
    path("drills/", views.drills, name="drills"),
    path("drills/<slug:name>/", views.drill, name="drill"),
]
