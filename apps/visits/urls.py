from django.urls import path

from apps.visits.views import lists, lost, pages, taps

app_name = "visits"
urlpatterns = [
    path("", lists.MeetingsPage.as_view(), name="list"),
    path("new/<uuid:public_id>/<slug:kind>/", pages.create, name="create"),
    path("tried/<uuid:public_id>/<slug:kind>/", taps.attempt, name="attempt"),
    path("lost/", lost.LostPage.as_view(), name="lost"),
    path("lost/new/<uuid:public_id>/", lost.new, name="lost-new"),
    path("lost/<uuid:public_id>/", lost.detail, name="lost-detail"),
    path("lost/<uuid:public_id>/found/", lost.found, name="lost-found"),
    path("<uuid:public_id>/", pages.detail, name="detail"),
    path("<uuid:public_id>/undo/", taps.undo, name="undo"),
    path("<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
]
