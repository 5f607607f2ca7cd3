"""Addresses below /persons/: those of the persons app, and what shows more than a person."""

from django.urls import path

from apps.persons.urls import urlpatterns as persons_urls
from apps.workbench import access_views, person_views
from apps.workbench.persons_list import PersonsPage

app_name = "persons"
urlpatterns = [
    path("", PersonsPage.as_view(), name="list"),
    path("<uuid:public_id>/history/", person_views.history, name="history"),
    path("<uuid:public_id>/access/", access_views.access, name="access"),
    *persons_urls,
]
