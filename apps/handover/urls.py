"""Whole files: the copy for the person, packages that go out, and files that arrive."""

from django.urls import path

from apps.handover.views import copies

app_name = "handover"
urlpatterns = [
    path("persons/<uuid:public_id>/copy/", copies.copy, name="copy"),
]
