"""The dashboard."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.core.days import today
from apps.persons.figures import Period
from apps.reports.breakdown import break_down
from apps.reports.forms import MONTH, period_of, signed_in
from apps.reports.helped import help_context
from apps.reports.indicators import QUALITY
from apps.reports.makeup import makeup_context
from apps.reports.page import (
    indicators_context,
    page_context,
    quality_context,
    query,
    shown_codes,
)
from apps.reports.trend import trend_context


@permission_required(Permission.FIGURES_VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    """What stands still, the indicators, and the units below: every number opens its rows."""
    form, period = period_of(request)
    user = signed_in(request)
    found = break_down(period, persons=not user.sees_cases, codes=shown_codes())
    context = page_context(user, found)
    context |= {
        "form": form, "quality_url": reverse("reports:quality") + f"?area={period.area.code}",
        "indicators_url": _beside("indicators", context["exact"], period),
        "help_url": _beside("help", context["exact"], period),
        "trend_url": _beside("trend", context["exact"], period),
    }  # fmt: skip
    return render(request, "reports/dashboard.html", context)


@permission_required(Permission.FIGURES_VIEW)
@require_safe
def trend(request: HttpRequest) -> HttpResponse:
    """Twelve months: a page, and for the dashboard the parts that come after it."""
    form, period = period_of(request)
    user = signed_in(request)
    context = trend_context(user, period) | makeup_context(user, period)
    if getattr(request, "htmx", False):
        return render(request, "reports/trend_beside.html", context)
    context |= {"form": form, "dashboard": _beside("dashboard", context["exact"], period)}
    return render(request, "reports/trend.html", context)


@permission_required(Permission.FIGURES_VIEW)
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Every figure with its number, its fraction, its definition and its list."""
    form, period = period_of(request)
    user = signed_in(request)
    context = indicators_context(user, break_down(period, persons=not user.sees_cases))
    context |= {"form": form, "dashboard": _beside("dashboard", context["exact"], period)}
    return render(request, "reports/indicators.html", context)


@permission_required(Permission.PERSON_VIEW)
@permission_required(Permission.FIGURES_VIEW)
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """What files lack and where they contradict themselves; today alone, for who can mend it."""
    user = signed_in(request)
    _form, period = period_of(request)
    day = today()
    period = replace(period, first=day, last=day, as_at=day)
    context = quality_context(user, break_down(period, codes=tuple(QUALITY)))
    context["dashboard"] = _beside("dashboard", context["exact"], period)
    return render(request, "reports/quality.html", context)


@permission_required(Permission.FIGURES_VIEW)
def help_in_numbers(request: HttpRequest) -> HttpResponse:
    """Help by kind, and what helped whom."""
    form, period = period_of(request)
    context = help_context(signed_in(request), period)
    context |= {"form": form, "dashboard": _beside("dashboard", context["exact"], period)}
    return render(request, "reports/help.html", context)


def _beside(name: str, exact: bool, period: Period) -> str:
    """Another page of the same days."""
    asked = query(period) if exact else urlencode({MONTH: f"{period.last:%Y-%m}"})
    return f"{reverse(f'reports:{name}')}?{asked}"
