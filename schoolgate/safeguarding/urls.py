"""Addresses of this room, below a school's own; ids in them are random."""

from django.urls import path

from schoolgate.safeguarding.views import files, held, sealed, watching, worried

urlpatterns = [
    path("worried/", worried.worried, name="worried"),
    path("worried/before/", worried.told_before, name="told_before"),
    path("worried/<uuid:public_id>/", worried.own_concern, name="own_concern"),
    path("sealed/", sealed.concerns, name="sealed"),
    path("sealed/adults/", sealed.adults, name="sealed_adults"),
    path("sealed/views/", watching.looked, name="looked"),
    path("sealed/glass/", watching.glass, name="glass"),
    path("sealed/rota/", watching.on_call_rota, name="on_call_rota"),
    path("sealed/rota/gaps/<int:number>/", watching.acceptance, name="gap_acceptance"),
    path("sealed/rota/<uuid:public_id>/withdrawal/", watching.withdrawal, name="turn_withdrawal"),
    path("sealed/children/<uuid:public_id>/", files.chronology, name="chronology"),
    path("sealed/children/<uuid:public_id>/paper/", files.printed, name="chronology_paper"),
    path("sealed/children/<uuid:public_id>/file/", files.child_file, name="child_file"),
    path("sealed/children/<uuid:public_id>/receipt/", files.receipt, name="file_receipt"),
    path("sealed/holds/<uuid:public_id>/", held.looking_again, name="hold_looked_at"),
    path("sealed/<uuid:public_id>/", sealed.concern, name="sealed_concern"),
    path("sealed/<uuid:public_id>/steps/", sealed.steps, name="sealed_steps"),
    path("sealed/<uuid:public_id>/handing-over/", files.handing_over, name="handing_over"),
    path("authorities/", watching.authorities, name="authorities"),
]
