"""Draws have a list and pages of their own; who was drawn, and excuses, belong to a person."""

from django.urls import path

from apps.draws import lists, views

app_name = "draws"
urlpatterns = [
    path("draws/", lists.DrawsPage.as_view(), name="list"),
    path("draws/new/", views.new, name="new"),
    path("draws/statistics/", views.statistics, name="statistics"),
    path("draws/<uuid:public_id>/", views.draw, name="draw"),
    path("drawn/<uuid:public_id>/", views.drawn, name="drawn"),
    path("persons/<uuid:public_id>/draw-excuse/", views.excuse, name="excuse"),
    path("draw-excuses/<uuid:public_id>/", views.excuse_withdraw, name="excuse-withdraw"),
]
