"""Addresses below /persons/: those of the persons app, and what shows more than a person."""

from django.urls import path

from apps.persons.urls import urlpatterns as persons_urls
from apps.workbench import person_tab_views, saved_views
from apps.workbench.persons_list import PersonsPage

app_name = "persons"
urlpatterns = [
    path("", PersonsPage.as_view(), name="list"),
    path("views/", saved_views.save, name="view-save"),
    path("views/<uuid:public_id>/delete/", saved_views.delete, name="view-delete"),
    path("<uuid:public_id>/checkins/", person_tab_views.checkins, name="checkins"),
    path("<uuid:public_id>/visits/", person_tab_views.visits, name="visits"),
    path("<uuid:public_id>/needs/", person_tab_views.needs, name="needs"),
    path("<uuid:public_id>/history/", person_tab_views.history, name="history"),
    path("<uuid:public_id>/access/", person_tab_views.access, name="access"),
    *persons_urls,
]
