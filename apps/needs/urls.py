from django.urls import path

from apps.needs.views import acts, lists

app_name = "needs"
urlpatterns = [
    path("", lists.NeedsPage.as_view(), name="list"),
    path("new/<uuid:public_id>/", acts.create, name="create"),
    path("<uuid:public_id>/refer/", acts.refer, name="refer"),
    path("<uuid:public_id>/close/", acts.close, name="close"),
    path("<uuid:public_id>/reopen/", acts.reopen, name="reopen"),
]
