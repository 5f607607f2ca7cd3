"""The dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.permissions import Permission, permission_required
from apps.reports.breakdown import break_down
from apps.reports.forms import period_of, signed_in
from apps.reports.page import page_context


@permission_required(Permission.FIGURES_VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    """What stands still, the indicators, and the units below: every number opens its rows."""
    form, period = period_of(request)
    user = signed_in(request)
    context = page_context(user, break_down(period, persons=not user.sees_cases))
    return render(request, "reports/dashboard.html", context | {"form": form})
