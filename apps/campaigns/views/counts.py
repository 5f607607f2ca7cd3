"""A campaign of an occupation: its sums, and nobody by name."""

from typing import Any, cast
from uuid import UUID

import django_tables2 as tables
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.act_page import ActPage, show_act
from apps.campaigns.forms_counts import CorrectCountsForm, CountsForm
from apps.campaigns.models import Campaign, CampaignCount
from apps.campaigns.views.lists import OfCampaign
from apps.campaigns.views.pages import run_campaign
from apps.core.list_page import ListPage
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn


class CountTable(BaseTable):
    occupation = NameColumn(
        verbose_name=gettext_lazy("Occupation"),
        accessor="screening__get_occupation_display",
        orderable=False,
    )
    first_on = DayColumn(
        verbose_name=gettext_lazy("From"), accessor="screening__first_on",
        order_by="screening__first_on",
    )  # fmt: skip
    last_on = DayColumn(
        verbose_name=gettext_lazy("To"), accessor="screening__last_on",
        order_by="screening__last_on",
    )  # fmt: skip
    tested = NumberColumn(
        verbose_name=gettext_lazy("Tested"), accessor="screening__tested",
        order_by="screening__tested",
    )  # fmt: skip
    positive = NumberColumn(
        verbose_name=gettext_lazy("Positive, to be confirmed"), accessor="screening__positive",
        order_by="screening__positive",
    )  # fmt: skip
    words = tables.Column(
        verbose_name=gettext_lazy("Remark"), accessor="screening__words", orderable=False
    )
    recorded_by = tables.Column(verbose_name=gettext_lazy("Recorded by"), orderable=False)

    def link_for(self, record: CampaignCount) -> str:
        return reverse("campaigns:counts-correct", args=[record.public_id])


class CountsPage(OfCampaign, ListPage):  # type: ignore[misc, override]
    """Of this campaign alone; in no figure of persons."""

    permission = Permission.PERSON_VIEW
    table_class = CountTable
    template_name = "campaigns/counts.html"
    default_sort = "-first_on"
    empty_title = gettext_lazy("No counts yet")
    empty_words = gettext_lazy(
        "How many of an occupation were tested, and how many positive, is entered here as a sum."
    )

    def queryset(self, request: HttpRequest) -> Any:
        rows = CampaignCount.objects.visible_to(cast(User, request.user))
        return rows.filter(campaign=self._campaign).select_related("screening", "recorded_by")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        sums = self.queryset(request).aggregate(
            n=Sum("screening__tested"), positive=Sum("screening__positive")
        )
        return {
            "campaign": self._campaign, "sums": sums, "may_run": self.is_run_by(request),
            "area_path": [(unit.name, "") for unit in self._campaign.area.path()],
        }  # fmt: skip


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """An occupation on a day, or from one day to another."""
    campaign = run_campaign(request, public_id)
    form = CountsForm(request.POST or None, user=request.user, target=campaign)
    page = ActPage(
        title=_("Enter counts"), subject=campaign.title, back=_counts_of(campaign),
        done=_("The counts are recorded."),
        words=_("Sums only: these people are on no register, and in no figure of persons."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Other numbers, with the reason."""
    rows = CampaignCount.objects.visible_to(request.user).select_related(
        "campaign__area", "screening"
    )
    found: CampaignCount = get_object_or_404(rows, public_id=public_id)
    refuse_not_run(found.campaign, request.user)
    form = CorrectCountsForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        title=_("Correct the counts"), back=_counts_of(found.campaign),
        subject=f"{found.campaign} · {found.screening}", done=_("The record is corrected."),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip
    return show_act(request, form, page)


def _counts_of(campaign: Campaign) -> str:
    return reverse("campaigns:counts", args=[campaign.public_id])
