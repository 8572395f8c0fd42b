"""Addresses of this room, below a school's own: nouns."""

from django.urls import path

from schoolgate.inbound import hooks, hooks_mail, hooks_texts, views, views_passed, views_voicemails

urlpatterns = [
    path("hooks/<slug:provider>/mails/", hooks_mail.mails, name="hook_mails"),
    path("hooks/<slug:provider>/reports/", hooks_mail.reports, name="hook_reports"),
    path("hooks/<slug:provider>/texts/", hooks_texts.texts, name="hook_texts"),
    path("hooks/<slug:provider>/voicemails/", hooks_texts.voicemails, name="hook_voicemails"),
    path("hooks/<slug:provider>/receipts/", hooks.receipts, name="hook_receipts"),
    path("hooks/<slug:provider>/calls/", hooks.calls, name="hook_calls"),
    path("hooks/<slug:provider>/script/", hooks.script, name="hook_script"),
    path("hooks/<slug:provider>/pressed/", hooks.pressed, name="hook_pressed"),
    path("voicemails/", views_voicemails.voicemails, name="voicemails"),
    path("passed/", views_passed.passed, name="passed"),
    path("passed/<uuid:public_id>/", views_passed.passed_item, name="passed_item"),
    path("passed/<uuid:public_id>/seen/", views_passed.seen, name="passed_seen"),
    path("tray/kept/<uuid:public_id>/original/", views.kept_original, name="kept_original"),
    path("tray/", views.tray, name="tray"),
    path("tray/files/<uuid:public_id>/", views.tray_file, name="tray_file"),
    path("tray/<uuid:public_id>/", views.tray_item, name="tray_item"),
    path("tray/<uuid:public_id>/filing/", views.filings, name="tray_filing"),
    path("tray/<uuid:public_id>/setting-aside/", views.setting_aside, name="tray_setting_aside"),
    path("tray/<uuid:public_id>/original/", views.original, name="tray_original"),
]
