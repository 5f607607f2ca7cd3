"""Help of a person, the list of all, and the ledger of a unit."""

from django.urls import path

from apps.assistance.views import changes, elsewhere, ledger, lists, pages

app_name = "assistance"
urlpatterns = [
    path("assistance/", lists.AssistancePage.as_view(), name="list"),
    path("assistance/of/<uuid:public_id>/", pages.person, name="person"),
    path("assistance/new/<uuid:public_id>/", pages.create, name="create"),
    path("assistance/changes/", changes.ChangesPage.as_view(), name="changes"),
    path("assistance/ledger/", ledger.year, name="ledger"),
    path("assistance/ledger/budget/", ledger.budget, name="budget"),
    path(
        "assistance/ledger/budget/<uuid:public_id>/", ledger.correct_budget, name="correct-budget"
    ),
    path("assistance/ledger/elsewhere/", elsewhere.ElsewherePage.as_view(), name="elsewhere"),
    path("assistance/ledger/close/", ledger.close, name="close"),
    path("assistance/<uuid:public_id>/", pages.detail, name="detail"),
    path("assistance/<uuid:public_id>/step/<str:kind>/", pages.step, name="step"),
    path("assistance/<uuid:public_id>/received/", pages.pay, name="pay"),
    path("assistance/<uuid:public_id>/look/", pages.look, name="look"),
    path("assistance/<uuid:public_id>/same/", pages.ask, name="ask"),
    path("assistance/steps/<uuid:public_id>/take-back/", pages.take_back, name="take-back"),
    path("assistance/looks/<uuid:public_id>/withdraw/", pages.withdraw_look, name="withdraw-look"),
    path("assistance/payments/<uuid:public_id>/receipt/", pages.receipt, name="receipt"),
    path("assistance/payments/<uuid:public_id>/reverse/", pages.reverse_, name="reverse"),
]
