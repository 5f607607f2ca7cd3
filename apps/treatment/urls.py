"""The tab and what is begun from it lie below the person; everything else has its own address."""

from django.urls import path

from apps.treatment.views import clinics, lists, months, pages

app_name = "treatment"
urlpatterns = [
    path("treatment/", lists.TreatmentsPage.as_view(), name="list"),
    path("treatment/clinics/", clinics.ClinicsPage.as_view(), name="clinics"),
    path("treatment/clinics/new/", clinics.new_clinic, name="new-clinic"),
    path("treatment/clinics/<uuid:public_id>/", clinics.change_clinic, name="clinic"),
    path("treatment/clinics/<uuid:public_id>/months/", months.show, name="months"),
    path("treatment/<uuid:public_id>/", pages.treatment, name="treatment"),
    path("treatment/<uuid:public_id>/end/", pages.end, name="end"),
    path("treatment/<uuid:public_id>/correct/", pages.correct_treatment, name="correct-treatment"),
    path("treatment/<uuid:public_id>/end/take-back/", pages.take_back_end, name="take-back-end"),
    path("treatment/<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("treatment/<uuid:public_id>/month/", pages.month, name="month"),
    path("treatment/month/<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("treatment/month/<uuid:public_id>/withdraw/", pages.withdraw_month,
         name="withdraw-month"),
    path("persons/<uuid:public_id>/treatment/", pages.person, name="person"),
    path("persons/<uuid:public_id>/treatment/new/", pages.begin, name="begin"),
]  # fmt: skip
