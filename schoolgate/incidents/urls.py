"""Addresses of this room, below a school's own: nouns."""

from django.urls import path

from schoolgate.incidents.views import figures, sealing, team

ONE = "told-today/<uuid:public_id>"

urlpatterns = [
    path("told-today/", team.told_today, name="told_today"),
    path("told-today/new/", team.writing, name="incident_writing"),
    path("told-today/figures/", figures.figures, name="incident_figures"),
    path("told-today/figures/file/", figures.figures_file, name="incident_figures_file"),
    path("told-today/children/<uuid:public_id>/", team.child, name="incidents_of_child"),
    path("told-today/adults/<uuid:public_id>/settling/", team.settling, name="telling_settling"),
    path("told-today/holds/<uuid:public_id>/lifting/", sealing.lifting, name="hold_lifting"),
    path("told-today/holds/<uuid:public_id>/review/", sealing.review, name="hold_review"),
    path(f"{ONE}/", team.incident, name="incident"),
    path(f"{ONE}/telling/", team.telling, name="incident_telling"),
    path(f"{ONE}/corrections/", team.corrections, name="incident_corrections"),
    path(f"{ONE}/readers/", team.readers, name="incident_readers"),
    path(f"{ONE}/reading/", team.reading, name="incident_reading"),
    path(f"{ONE}/holds/", sealing.holds, name="incident_holds"),
]
