"""Addresses of this room, below a school's own: nouns."""

from django.urls import path

from schoolgate.escalation.views import absences, family, team

THREAD = "conversations/<uuid:public_id>"

urlpatterns = [
    path(f"{THREAD}/headteacher/", family.headteacher, name="ask_the_head"),
    path(f"{THREAD}/settlement/", family.settlement, name="settlement"),
    path(f"{THREAD}/complaint/", family.complaint, name="make_a_complaint"),
    path(f"{THREAD}/leader/", team.taking_further, name="taking_further"),
    path("escalated/", team.escalated, name="escalated"),
    path("escalated/<uuid:public_id>/", team.escalation, name="escalation"),
    path("escalated/<uuid:public_id>/redirection/", team.redirection, name="redirection"),
    path("escalated/<uuid:public_id>/settling/", team.settling, name="settling"),
    path("absences/", absences.absences, name="absences"),
    path("absences/<uuid:public_id>/ending/", absences.ending, name="absence_ending"),
    path(f"{THREAD}/taking-back/", absences.taking_back, name="taking_back"),
    path("falls-due/", absences.falls_due, name="falls_due"),
]
