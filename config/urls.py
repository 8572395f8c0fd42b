"""Every address, by room."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from schoolgate.desk import urls as desk

in_a_school: list[URLPattern | URLResolver] = [
    *desk.in_a_school,
    path("", include("schoolgate.conversations.urls")),
    path("", include("schoolgate.announcements.urls")),
    path("", include("schoolgate.inbound.urls")),
    path("", include("schoolgate.escalation.urls")),
    path("", include("schoolgate.today.urls")),
    path("", include("schoolgate.incidents.urls")),
    path("", include("schoolgate.good_news.urls")),
    path("", include("schoolgate.safeguarding.urls")),
    path("", include("schoolgate.drill.urls")),
]

urlpatterns = [
    *desk.of_everybody,
    path("account/", include("schoolgate.accounts.urls")),
    path("account/", include("allauth.urls")),
    # Only a demo has an entry page and an outbox to look at.
    *([path("", include("schoolgate.rehearsal.urls"))] if settings.DEMO else []),
    path("<slug:school>/", include(in_a_school)),
]
