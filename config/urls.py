"""Every address, by room."""

from django.urls import include, path

from schoolgate.desk import urls as desk

in_a_school = [
    *desk.in_a_school,
    path("", include("schoolgate.conversations.urls")),
]

urlpatterns = [
    *desk.of_everybody,
    path("account/", include("allauth.urls")),
    path("<slug:school>/", include(in_a_school)),
]
