from django.urls import path

from apps.visits.views import lists, pages, taps

app_name = "visits"
urlpatterns = [
    path("", lists.MeetingsPage.as_view(), name="list"),
    path("new/<uuid:public_id>/<slug:kind>/", pages.create, name="create"),
    path("tried/<uuid:public_id>/<slug:kind>/", taps.attempt, name="attempt"),
    path("<uuid:public_id>/", pages.detail, name="detail"),
    path("<uuid:public_id>/undo/", taps.undo, name="undo"),
    path("<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
]
