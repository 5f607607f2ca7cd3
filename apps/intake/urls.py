from django.urls import path

from apps.intake import lists, views

app_name = "intake"
urlpatterns = [
    path("", lists.ReleasesPage.as_view(), name="list"),
    path("new/", views.expect, name="expect"),
    path("<uuid:public_id>/", views.release, name="release"),
    *(
        path(f"<uuid:public_id>/{name}/", views.perform, {"act": name}, name=name)
        for name in views.ACTS
    ),
]
