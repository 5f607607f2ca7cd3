"""Addresses below /persons/: those of the persons app, and what shows more than a person."""

from django.urls import path

from apps.persons.urls import urlpatterns as persons_urls
from apps.workbench import saved_views, tab_views
from apps.workbench.persons_list import PersonsPage

app_name = "persons"
urlpatterns = [
    path("", PersonsPage.as_view(), name="list"),
    path("views/", saved_views.save, name="view-save"),
    path("views/<uuid:public_id>/delete/", saved_views.delete, name="view-delete"),
    path("<uuid:public_id>/checkins/", tab_views.checkins, name="checkins"),
    path("<uuid:public_id>/visits/", tab_views.visits, name="visits"),
    path("<uuid:public_id>/needs/", tab_views.needs, name="needs"),
    path("<uuid:public_id>/history/", tab_views.history, name="history"),
    path("<uuid:public_id>/access/", tab_views.access, name="access"),
    *persons_urls,
]
