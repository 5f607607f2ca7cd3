from django.urls import path

from apps.workbench import handover_views, person_views, round_views, today_views
from apps.workbench.search_views import search

app_name = "workbench"
urlpatterns = [
    path("today/", today_views.today, name="today"),
    path("today/panel/<uuid:public_id>/", today_views.panel, name="today-panel"),
    path("today/why/<slug:kind>/<uuid:row_id>/", today_views.why, name="line-why"),
    path("checkins/round/add/", round_views.add, name="round-add"),
    path("checkins/round/with/", round_views.work_with, name="round-with"),
    path("search/", search, name="search"),
    path("covers/<uuid:public_id>/", handover_views.handover, name="handover"),
    path("persons/<uuid:public_id>/", person_views.person, name="person"),
    path("persons/<uuid:public_id>/print/", person_views.summary, name="person-print"),
]
