from django.urls import path

from apps.checkins.views import lists, pages, rounds, taps

app_name = "checkins"
urlpatterns = [
    path("", lists.CheckInsPage.as_view(), name="list"),
    path("round/", rounds.show, name="round"),
    path("round/print/", rounds.sheet, name="round-print"),
    path("round/apply/", rounds.apply, name="round-apply"),
    path("log/<uuid:public_id>/", taps.log, name="log"),
    path("new/<uuid:public_id>/", pages.create, name="create"),
    path("<uuid:public_id>/undo/", taps.undo, name="undo"),
    path("<uuid:public_id>/note/", taps.note, name="note"),
    path("<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
]
