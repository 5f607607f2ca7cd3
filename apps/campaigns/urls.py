"""Campaigns have a list and pages of their own; rows of their lists belong to persons."""

from django.urls import path

from apps.campaigns.views import grid, lists, pages

app_name = "campaigns"
urlpatterns = [
    path("campaigns/", lists.CampaignsPage.as_view(), name="list"),
    path("campaigns/new/", pages.new, name="new"),
    path("campaigns/<uuid:public_id>/", lists.CampaignPage.as_view(), name="campaign"),
    path("campaigns/<uuid:public_id>/fill/", pages.fill, name="fill"),
    path("campaigns/<uuid:public_id>/fill-drawn/", pages.fill_drawn, name="fill-drawn"),
    path("campaigns/<uuid:public_id>/add/", pages.add, name="add"),
    path("campaigns/<uuid:public_id>/close/", pages.close, name="close"),
    path("campaigns/<uuid:public_id>/grid/", grid.show, name="grid"),
    path("campaign-targets/<uuid:public_id>/", pages.target, name="target"),
    path("campaign-targets/<uuid:public_id>/call/", pages.call, name="call"),
    path("campaign-targets/<uuid:public_id>/excuse/", pages.excuse, name="excuse"),
]
