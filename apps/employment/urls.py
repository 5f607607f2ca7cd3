"""The tab and what is begun from it lie below the person; everything else has its own address."""

from django.urls import path

from apps.employment.views import lists, pages, units

app_name = "employment"
urlpatterns = [
    path("employment/", lists.PlacementsPage.as_view(), name="list"),
    path("employment/bases/", lists.BasesPage.as_view(), name="bases"),
    path("employment/bases/new/", units.new_base, name="new-base"),
    path("employment/bases/<uuid:public_id>/", units.change_base, name="base"),
    path("employment/<uuid:public_id>/", pages.placement, name="placement"),
    path("employment/<uuid:public_id>/look/", pages.look, name="look"),
    path("employment/<uuid:public_id>/end/", pages.end, name="end"),
    path("employment/<uuid:public_id>/correct/", pages.correct, name="correct"),
    path("employment/<uuid:public_id>/end/take-back/", pages.take_back_end, name="take-back-end"),
    path("employment/<uuid:public_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("employment/looks/<uuid:public_id>/withdraw/", pages.withdraw_look, name="withdraw-look"),
    path("training/", lists.CoursesPage.as_view(), name="courses"),
    path("training/new/", units.new_course, name="new-course"),
    path("training/<uuid:public_id>/", lists.CoursePage.as_view(), name="course"),
    path("training/<uuid:public_id>/correct/", units.change_course, name="change-course"),
    path("training/places/<uuid:public_id>/", pages.enrolment, name="enrolment"),
    path("training/places/<uuid:public_id>/hours/", pages.hours, name="hours"),
    path("training/places/<uuid:public_id>/examination/", pages.examination, name="examination"),
    path("training/places/<uuid:public_id>/certificate/", pages.certificate, name="certificate"),
    path("training/places/<uuid:public_id>/correct/", pages.correct_enrolment,
         name="correct-enrolment"),
    path("training/places/<uuid:public_id>/withdraw/", pages.withdraw_enrolment,
         name="withdraw-enrolment"),
    path("persons/<uuid:public_id>/employment/", pages.person, name="person"),
    path("persons/<uuid:public_id>/employment/new/", pages.place, name="place"),
    path("persons/<uuid:public_id>/training/new/", pages.enrol, name="enrol"),
]  # fmt: skip
