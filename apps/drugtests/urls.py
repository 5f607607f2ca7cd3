"""The tab and the forms lie below the person; tests have addresses of their own."""

from django.urls import path

from apps.drugtests.views import lists, occupational, pages, steps, waiting_lists

app_name = "drugtests"
urlpatterns = [
    path("drug-tests/", lists.DrugTestsPage.as_view(), name="list"),
    path("drug-tests/occupational/", occupational.OccupationalPage.as_view(), name="occupational"),
    path("drug-tests/on-their-way/", waiting_lists.WayPage.as_view(), name="on-their-way"),
    path("drug-tests/storage/", waiting_lists.StoragePage.as_view(), name="storage"),
    path("drug-tests/objections/", waiting_lists.ObjectionsPage.as_view(), name="objections"),
    path("persons/<uuid:public_id>/drug-tests/", pages.person, name="person"),
    path("persons/<uuid:public_id>/drug-tests/new/", pages.create, name="create"),
    path("persons/<uuid:public_id>/drug-tests/not-taken/", pages.not_taken, name="not-taken"),
    path("drug-tests/<uuid:public_id>/", pages.detail, name="detail"),
    path("drug-tests/<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("drug-tests/<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("drug-tests/<uuid:public_id>/step/<slug:kind>/", steps.step, name="step"),
    path("drug-tests/steps/<uuid:public_id>/take-back/", steps.take_back, name="take-back"),
    *(
        path(f"drug-tests/<uuid:public_id>/{name}/", steps.paper, {"name": name}, name=name)
        for name in ("custody", "labels", "notice")
    ),
]
