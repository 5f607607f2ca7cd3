"""The tab and what is begun from it lie below the person; everything else has its own address."""

from django.urls import path

from apps.learning.views import lists, pages

app_name = "learning"
urlpatterns = [
    path("learning/", lists.LearningPage.as_view(), name="list"),
    path("learning/units/", lists.UnitScoresPage.as_view(), name="units"),
    path("learning/units/new/", pages.new_score, name="new-score"),
    path("learning/units/<uuid:public_id>/withdraw/", pages.withdraw_score, name="withdraw-score"),
    path("learning/<uuid:public_id>/", pages.record, name="record"),
    path("learning/<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("learning/<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("persons/<uuid:public_id>/learning/", pages.person, name="person"),
    path("persons/<uuid:public_id>/learning/new/", pages.new, name="new"),
]
