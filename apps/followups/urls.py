"""Follow-up rounds have a list and pages of their own; rows of their lists belong to persons."""

from django.urls import path

from apps.followups.views import lists, pages

app_name = "followups"
urlpatterns = [
    path("follow-ups/", lists.RoundsPage.as_view(), name="list"),
    path("follow-ups/new/", pages.new, name="new"),
    path("follow-ups/<uuid:public_id>/", lists.RoundPage.as_view(), name="round"),
    path("follow-ups/<uuid:public_id>/fill/", pages.fill, name="fill"),
    path("follow-ups/<uuid:public_id>/fill-released/", pages.fill_released, name="fill-released"),
    path("follow-ups/<uuid:public_id>/add/", pages.add, name="add"),
    path("follow-ups/<uuid:public_id>/close/", pages.close, name="close"),
    path("follow-up-targets/<uuid:public_id>/", pages.target, name="target"),
    path("follow-up-targets/<uuid:public_id>/try/", pages.attempt, name="attempt"),
    path("follow-up-targets/<uuid:public_id>/call/", pages.call, name="call"),
    path("follow-up-targets/<uuid:public_id>/remove/", pages.remove, name="remove"),
    path("follow-up-tries/<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
]
