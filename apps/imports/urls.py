"""An import: upload, columns, dry run, apply."""

from django.urls import path

from apps.imports.views import acts, lists, pages

app_name = "imports"
urlpatterns = [
    path("", lists.ImportsPage.as_view(), name="list"),
    path("new/", acts.upload, name="new"),
    path("<uuid:public_id>/", pages.show, name="import"),
    path("<uuid:public_id>/columns/", acts.columns, name="columns"),
    path("<uuid:public_id>/mend/", acts.mend, name="mend"),
    path("<uuid:public_id>/apply/", acts.apply, name="apply"),
    path("<uuid:public_id>/cancel/", acts.cancel, name="cancel"),
    path("<uuid:public_id>/undo/", acts.undo, name="undo"),
    path("<uuid:public_id>/wrong/", acts.wrong_lines, name="wrong"),
]
