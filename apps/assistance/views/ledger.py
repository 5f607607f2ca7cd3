"""The ledger of a year: sums of a unit, no names; budgets and closed months."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.fields import AreaField
from apps.areas.models import Area
from apps.assistance.figures import by_kind
from apps.assistance.models import Budget, Programme
from apps.assistance.services import close_month, set_budget
from apps.assistance.year import lines_of, months_of
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.core.choosing import OneOf
from apps.core.days import today
from apps.core.form_fields import DayField
from apps.core.money import YuanField, yuan
from apps.core.navigation import focus_of
from apps.persons.figures import Period

FIRST_YEAR = 2000


@permission_required(Permission.ASSISTANCE_LEDGER)
@require_safe
def year(request: SignedInRequest) -> HttpResponse:
    """Per programme, month and unit; and by kind how many persons and members of households."""
    area, asked = _unit(request), _year(request)
    lines = lines_of(area, asked, request.user)
    period = Period(
        area, date(asked, 1, 1), date(asked, 12, 31), max(today(), date(asked, 12, 31)),
        request.user.may(Permission.ASSISTANCE_SEALED),
    )  # fmt: skip
    context = {
        "area": area, "year": asked, "lines": lines, "months": months_of(area, asked, lines),
        "kinds": by_kind(period), "area_path": [(unit.name, "") for unit in area.path()],
        "total": yuan(sum(sum(line.fen.values()) for line in lines)),
        "before": asked - 1, "after": asked + 1 if asked < today().year else None,
        "days": f"area={area.code}&from={asked}-01-01&to={asked}-12-31",
    }  # fmt: skip
    return render(request, "assistance/ledger.html", context)


def _unit(request: SignedInRequest) -> Area:
    """The own unit, or one below it."""
    own = request.user.area
    if own is None:
        raise Http404
    if not (code := request.GET.get("area", "")) or code == own.code:
        return own.today
    found = focus_of(request)
    if found is None:
        raise Http404
    area: Area = found
    return area


def _year(request: SignedInRequest) -> int:
    text = request.GET.get("year", "")
    asked = int(text) if text.isdecimal() and len(text) == 4 else today().year
    return min(max(asked, FIRST_YEAR), today().year)


class BudgetForm(ActForm):
    area = AreaField(label=gettext_lazy("Unit"))
    programme = OneOf(Programme.objects.none(), label=gettext_lazy("Programme"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=2099)
    amount_fen = YuanField(label=gettext_lazy("Amount in yuan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["area"]
        unit.bind(self.user.area)
        known: Any = self.fields["programme"]
        known.queryset = Programme.objects.offered_to(self.user)

    def perform(self) -> Any:
        return set_budget(by=self.user, **self.cleaned_data)


class StoredBudgetForm(ActForm):
    """One budget on its own row, as that of a unit that became another."""

    amount_fen = YuanField(label=gettext_lazy("Amount in yuan"))

    def perform(self) -> Any:
        of = {"programme": self.target.programme, "area": self.target.area}
        return set_budget(by=self.user, year=self.target.year, **of, **self.cleaned_data)


class CloseForm(ActForm):
    area = AreaField(label=gettext_lazy("Unit"))
    month = DayField(
        label=gettext_lazy("Month"), latest=today,
        help_text=gettext_lazy("Any day of the month that is closed."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["area"]
        unit.bind(self.user.area)

    def perform(self) -> Any:
        return close_month(by=self.user, **self.cleaned_data)


@permission_required(Permission.ASSISTANCE_LEDGER)
@require_http_methods(["GET", "POST"])
def budget(request: SignedInRequest) -> HttpResponse:
    """What a unit has for a programme in a year."""
    initial = {"year": today().year}
    form = BudgetForm(_data(request), user=request.user, target=None, initial=initial)
    words = _(
        "One sum for a unit, a programme and a year; entered again it is changed. It is never less "
        "than what was paid, and nobody can pay more."
    )
    return _shown(request, form, _("Set a budget"), words)


@permission_required(Permission.ASSISTANCE_LEDGER)
@require_http_methods(["GET", "POST"])
def correct_budget(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The sum of a budget that stands, on its own row."""
    rows = Budget.objects.visible_to(request.user).select_related("area__merged_into", "programme")
    found = get_object_or_404(rows, public_id=public_id)
    form = StoredBudgetForm(_data(request), user=request.user, target=found)
    words = _("%(programme)s, %(year)s, %(unit)s. Never less than what was paid from it.")
    facts = {"programme": found.programme, "year": found.year, "unit": found.area}
    return _shown(request, form, _("Correct this budget"), words % facts)


@permission_required(Permission.ASSISTANCE_LEDGER)
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest) -> HttpResponse:
    """Nothing comes into the month any more."""
    form = CloseForm(_data(request), user=request.user, target=None)
    words = _(
        "After it no payment with a day in the month is recorded, and none is reversed into it: a "
        "reversal stands in a month that is open. It cannot be opened again."
    )
    return _shown(request, form, _("Close a month"), words)


def _data(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _shown(request: SignedInRequest, form: ActForm, title: str, words: str) -> HttpResponse:
    page = ActPage(title=title, done=_("Recorded."), words=words, back=reverse("assistance:ledger"))
    return show_act(request, form, page)
