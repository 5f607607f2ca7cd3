"""Addresses of assessments, help flags and rounds."""

from django.urls import path

from apps.assessments.views import acts, flags, lists, pages, rounds, summaries, validity

app_name = "assessments"
urlpatterns = [
    path("persons/<uuid:public_id>/assessments/", pages.person, name="person"),
    path("persons/<uuid:public_id>/assessments/new/", acts.create, name="create"),
    path("persons/<uuid:public_id>/assessments/event/", acts.event, name="event"),
    path("persons/<uuid:public_id>/flags/new/", flags.create, name="flag"),
    path("persons/<uuid:public_id>/flags/confidential/", flags.sealed, name="sealed"),
    path("persons/<uuid:public_id>/summaries/new/", summaries.create, name="summary-new"),
    path("summaries/<uuid:public_id>/", summaries.detail, name="summary"),
    path("summaries/<uuid:public_id>/correct/", summaries.correct, name="summary-correct"),
    path("summaries/<uuid:public_id>/withdraw/", summaries.withdraw, name="summary-withdraw"),
    path("assessments/", lists.ToAssessPage.as_view(), name="list"),
    path("assessments/rounds/", rounds.RoundsPage.as_view(), name="rounds"),
    path("assessments/rounds/new/", rounds.create, name="round-new"),
    path("assessments/rounds/<uuid:public_id>/", rounds.RoundPage.as_view(), name="round"),
    path("assessments/<uuid:public_id>/told/", acts.told, name="told"),
    path("assessments/<uuid:public_id>/objection/", acts.objection, name="objection"),
    path("plans/assessments/", validity.ValidityPage.as_view(), name="validity"),
    path("plans/assessments/new/", validity.create, name="validity-new"),
    path("flags/<uuid:public_id>/end/", flags.end, name="flag-end"),
    path("flags/confidential/<uuid:public_id>/end/", flags.sealed_end, name="sealed-end"),
]
