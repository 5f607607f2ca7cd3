from django.urls import path

from apps.covers import lists, views

app_name = "covers"
urlpatterns = [
    path("", lists.CoversPage.as_view(), name="list"),
    path("new/", views.begin, name="begin"),
    path("<uuid:public_id>/last-day/", views.last_day, name="last-day"),
    path("<uuid:public_id>/another/", views.another, name="another"),
    path("<uuid:public_id>/call-off/", views.call_off, name="call-off"),
]
