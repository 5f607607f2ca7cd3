"""The tab lies below the person; transfers have addresses of their own."""

from django.urls import path

from apps.transfers import lists, views
from apps.transfers.acts import ACTS

app_name = "transfers"
urlpatterns = [
    path("transfers/", lists.TransfersPage.as_view(), name="list"),
    path("persons/<uuid:public_id>/transfers/", views.person, name="person"),
    path("persons/<uuid:public_id>/transfers/new/", views.ask, name="ask"),
    path("transfers/<uuid:public_id>/", views.transfer, name="transfer"),
    path("transfers/<uuid:public_id>/letter/", views.letter, name="letter"),
    *(
        path(f"transfers/<uuid:public_id>/{name}/", views.perform, {"act": name}, name=name)
        for name in ACTS
    ),
]
