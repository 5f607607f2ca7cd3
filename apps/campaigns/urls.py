"""Campaigns have a list and pages of their own; rows of their lists belong to persons."""

from django.urls import path

from apps.campaigns.services.steps import OF_MANY
from apps.campaigns.views import (
    counts,
    day,
    grid,
    lists,
    pages,
    papers,
    results,
    sites,
    steps,
    targets,
)

app_name = "campaigns"
urlpatterns = [
    path("campaigns/", lists.CampaignsPage.as_view(), name="list"),
    path("campaigns/new/", pages.new, name="new"),
    path("campaigns/<uuid:public_id>/", lists.CampaignPage.as_view(), name="campaign"),
    path("campaigns/<uuid:public_id>/fill/", pages.fill, name="fill"),
    path("campaigns/<uuid:public_id>/fill-drawn/", pages.fill_drawn, name="fill-drawn"),
    path("campaigns/<uuid:public_id>/fill-numbers/", pages.fill_numbers, name="fill-numbers"),
    path("campaigns/<uuid:public_id>/add/", pages.add, name="add"),
    path("campaigns/<uuid:public_id>/close/", pages.close, name="close"),
    path("campaigns/<uuid:public_id>/grid/", grid.show, name="grid"),
    path("campaigns/<uuid:public_id>/results/", results.results, name="results"),
    *(
        path(
            f"campaigns/<uuid:public_id>/samples/{kind}/",
            steps.samples,
            {"kind": kind},
            name=f"samples-{kind}",
        )
        for kind in OF_MANY
    ),
    path("sample-day/", day.day, name="day"),
    path("campaigns/<uuid:public_id>/day/", day.campaign_day, name="campaign-day"),
    path("campaigns/<uuid:public_id>/sites/", sites.sites, name="sites"),
    path("campaigns/<uuid:public_id>/sites/new/", sites.add, name="site-add"),
    path("campaigns/<uuid:public_id>/sites/give/", sites.give, name="give"),
    path("campaign-sites/<uuid:public_id>/slots/", sites.slots, name="slots"),
    path("campaign-sites/<uuid:public_id>/call-off/", sites.call_off, name="call-off"),
    path("campaigns/<uuid:public_id>/labels/", papers.labels, name="labels"),
    path("campaigns/<uuid:public_id>/sheets/", papers.sheets, name="sheets"),
    path("campaigns/<uuid:public_id>/slips/", papers.slips, name="slips"),
    path("campaigns/<uuid:public_id>/counts/", counts.CountsPage.as_view(), name="counts"),
    path("campaigns/<uuid:public_id>/counts/new/", counts.new, name="counts-new"),
    path("campaign-counts/<uuid:public_id>/", counts.correct, name="counts-correct"),
    path("campaign-targets/<uuid:public_id>/", targets.target, name="target"),
    path("campaign-targets/<uuid:public_id>/slot/", targets.move, name="move"),
    path("campaign-targets/<uuid:public_id>/tell/", targets.tell, name="tell"),
    path("campaign-targets/<uuid:public_id>/slip/", papers.slip, name="slip"),
    path("campaign-targets/<uuid:public_id>/call/", targets.call, name="call"),
    path("campaign-targets/<uuid:public_id>/excuse/", targets.excuse, name="excuse"),
]
