"""The tab and what is begun from it lie below the person; a session has its own address."""

from django.urls import path

from apps.counselling.views import lists, pages

app_name = "counselling"
urlpatterns = [
    path("counselling/", lists.SessionsPage.as_view(), name="list"),
    path("counselling/<uuid:public_id>/", pages.session, name="session"),
    path("counselling/<uuid:public_id>/notes/", pages.notes, name="notes"),
    path("counselling/<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("counselling/<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("persons/<uuid:public_id>/counselling/", pages.person, name="person"),
    path("persons/<uuid:public_id>/counselling/new/", pages.create, name="create"),
]
