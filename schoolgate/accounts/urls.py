"""Addresses of signing in; the rest are allauth's."""

from django.urls import path

from schoolgate.accounts import views

urlpatterns = [path("mine/", views.my_account, name="my_account")]
