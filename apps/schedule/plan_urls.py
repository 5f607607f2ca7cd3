from django.urls import path

from apps.schedule import plan_views
from apps.schedule.plan_list import PlansPage

app_name = "plans"
urlpatterns = [
    path("", PlansPage.as_view(), name="list"),
    path("new/", plan_views.new, name="new"),
    path("tests/", plan_views.choose, name="choose"),
    path("<int:rule_id>/", plan_views.lay_out, name="lay-out"),
    path("<int:rule_id>/remove/", plan_views.remove, name="remove"),
]
