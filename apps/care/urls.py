"""Care plans stand on the page of a person; care lists have pages of their own."""

from django.urls import path

from apps.care.views import list_acts, lists, plans

app_name = "care"
urlpatterns = [
    path("persons/<uuid:public_id>/care/", plans.person, name="person"),
    path("persons/<uuid:public_id>/care/new/", plans.new, name="new"),
    path("care-plans/<uuid:public_id>/", plans.plan, name="plan"),
    path("care-plans/<uuid:public_id>/step/", plans.step, name="step"),
    path("care-plans/<uuid:public_id>/review/", plans.review, name="review"),
    path("care-plans/<uuid:public_id>/close/", plans.close, name="close"),
    path("care-plans/<uuid:public_id>/reopen/", plans.reopen, name="reopen"),
    path("care-plans/<uuid:public_id>/withdraw/", plans.withdraw, name="withdraw"),
    path("care-steps/<uuid:public_id>/end/", plans.end_step, name="end-step"),
    path("care-steps/<uuid:public_id>/correct/", plans.correct_step, name="correct-step"),
    path("care-steps/<uuid:public_id>/withdraw/", plans.withdraw_step, name="withdraw-step"),
    path("care-reviews/<uuid:public_id>/withdraw/", plans.withdraw_review, name="withdraw-review"),
    path("care-lists/", lists.CareListsPage.as_view(), name="lists"),
    path("care-lists/new/", list_acts.new, name="new-list"),
    path("care-lists/<uuid:public_id>/", lists.CareListPage.as_view(), name="list"),
    path("care-lists/<uuid:public_id>/fill/", list_acts.fill, name="fill"),
    path("care-lists/<uuid:public_id>/add/", list_acts.add, name="add"),
    path("care-lists/<uuid:public_id>/close/", list_acts.close, name="close-list"),
    path("care-list-entries/<uuid:public_id>/take-off/", list_acts.take_off, name="take-off"),
]
