"""Addresses of signing in; the rest are allauth's."""

from django.urls import path, re_path

from schoolgate.accounts import views, views_places

urlpatterns = [
    path("mine/", views.my_account, name="my_account"),
    path("card/", views.card, name="card"),
    path("asked/<int:number>/stop/", views.stopping, name="stop_change"),
    path("places/", views_places.places, name="places"),
    path("passkey/", views.passkey_offer, name="passkey_offer"),
    path("devices/<int:number>/end/", views.device, name="end_device"),
    # Before allauth's own: the school's office changes an address, and there is no password.
    re_path(
        r"^(?P<rest>(email|password|signup|confirm-email|reauthenticate)/.*|3rdparty/(signup/)?)$",
        views.closed,
        name="closed",
    ),
]
