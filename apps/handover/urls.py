"""Whole files: the copy for the person, packages that go out, and files that arrive."""

from django.urls import path

from apps.handover.views import arriving, copies, sending

app_name = "handover"
urlpatterns = [
    path("persons/<uuid:public_id>/copy/", copies.copy, name="copy"),
    path("transfers/<uuid:public_id>/package/", sending.pack, name="pack"),
    path("handover/packages/<uuid:public_id>/", sending.fetch, name="fetch"),
    path("handover/load/", sending.receipt, name="load"),
    path("handover/", arriving.ArrivalsPage.as_view(), name="list"),
    path("handover/new/", arriving.receive, name="receive"),
    path("handover/<uuid:public_id>/", arriving.arrival, name="arrival"),
    path("handover/<uuid:public_id>/accept/", arriving.accept, name="accept"),
    path("handover/<uuid:public_id>/reject/", arriving.reject, name="reject"),
    path("handover/<uuid:public_id>/receipt/", arriving.receipt, name="receipt"),
]
