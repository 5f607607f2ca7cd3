"""What leaves the house in other forms than a list."""

from django.urls import path

from apps.exports import request_views, views

app_name = "exports"
urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("dictionary/", views.dictionary, name="dictionary"),
    path("dictionary/file/", views.dictionary_file, name="dictionary-file"),
    path("requests/", request_views.ExportRequestList.as_view(), name="requests"),
    path("requests/<uuid:public_id>/", request_views.export_request, name="request"),
    path("requests/<uuid:public_id>/take/", request_views.take, name="take"),
]
