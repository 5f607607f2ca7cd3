"""The tab and the forms lie below the person; tests have addresses of their own."""

from django.urls import path

from apps.drugtests.views import lists, pages

app_name = "drugtests"
urlpatterns = [
    path("drug-tests/", lists.DrugTestsPage.as_view(), name="list"),
    path("persons/<uuid:public_id>/drug-tests/", pages.person, name="person"),
    path("persons/<uuid:public_id>/drug-tests/new/", pages.create, name="create"),
    path("persons/<uuid:public_id>/drug-tests/not-taken/", pages.not_taken, name="not-taken"),
    path("drug-tests/<uuid:public_id>/", pages.detail, name="detail"),
    path("drug-tests/<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("drug-tests/<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
]
