"""The tab lies below the person; entries have addresses of their own."""

from django.urls import path

from apps.breaches import lists, views
from apps.breaches.acts import ACTS

app_name = "breaches"
urlpatterns = [
    path("breaches/", lists.BreachesPage.as_view(), name="list"),
    path("persons/<uuid:public_id>/breaches/", views.person, name="person"),
    path("persons/<uuid:public_id>/breaches/new/", views.record, name="record"),
    path("breaches/<uuid:public_id>/", views.breach, name="breach"),
    *(
        path(f"breaches/<uuid:public_id>/{name}/", views.perform, {"act": name}, name=name)
        for name in ACTS
    ),
]
