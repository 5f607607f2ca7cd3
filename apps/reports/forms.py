"""What the address of a dashboard says: area, first and last day, day of the facts."""

from datetime import date, timedelta
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.core.days import today
from apps.core.form_fields import DayField
from apps.core.text import month_text
from apps.persons.figures import Period

FIRST, LAST, AS_AT, MONTH = "from", "to", "as_at", "month"
# As many months back as a viewer of figures may choose from.
MONTHS: Final = 36


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False)


class PeriodForm(forms.Form):
    """Days that are left out: this month until today, and the facts as of its last day."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        # "from" is no name that Python takes for an attribute.
        self.fields |= {FIRST: _day(_("From")), LAST: _day(_("To")), AS_AT: _day(_("Facts as at"))}

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get(FIRST), self.cleaned_data.get(LAST)
        if first and last and last < first:
            raise ValidationError(_("The last day lies before the first."))
        return self.cleaned_data

    def days(self) -> tuple[date, date, date]:
        """First and last day, and the day of the facts; the defaults where the form is wrong."""
        found = self.cleaned_data if self.is_valid() else {}
        last = found.get(LAST) or max(today(), found.get(FIRST) or today())
        first = found.get(FIRST) or last.replace(day=1)
        return first, last, found.get(AS_AT) or last


class MonthForm(forms.Form):
    """For whoever sees figures only: one whole month, with the facts as at its last day.

    Two periods that differ by a day would tell the one person between them.
    """

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        last = today().replace(day=1) - timedelta(days=1)
        self.months = [last]
        while len(self.months) < MONTHS:
            self.months.append(self.months[-1].replace(day=1) - timedelta(days=1))
        choices = [(f"{day:%Y-%m}", month_text(day)) for day in self.months]
        self.fields[MONTH] = forms.ChoiceField(label=_("Month"), choices=choices, required=False)

    def days(self) -> tuple[date, date, date]:
        """The month that is asked for, else the last one that is over."""
        asked = self.cleaned_data.get(MONTH) if self.is_valid() else ""
        ends = {f"{day:%Y-%m}": day for day in self.months}
        last = ends.get(asked or "", self.months[0])
        return last.replace(day=1), last, last


def period_of(request: HttpRequest) -> tuple[forms.Form, Period]:
    """The form and what it asks for; 404 for an area that is unknown or not the user's."""
    user = signed_in(request)
    area = _area(user, request.GET.get("area", ""))
    # Who sees no person learns from a count of nobody.
    knows = user.may(Permission.ASSISTANCE_SEALED) or not user.sees_cases
    if not user.sees_cases:
        months = MonthForm(request.GET)
        first, last, as_at = months.days()
        return MonthForm({MONTH: f"{last:%Y-%m}"}), Period(area, first, last, as_at, knows)
    form = PeriodForm(request.GET)
    first, last, as_at = form.days()
    period = Period(area, first, last, as_at, knows)
    if form.is_valid():
        # The page shows which days it is about, also where nobody asked for any.
        form = PeriodForm({FIRST: first, LAST: last, AS_AT: request.GET.get(AS_AT, "")})
    return form, period


def signed_in(request: HttpRequest) -> User:
    """The user behind a request that a permission has let through."""
    return cast("User", request.user)


def _area(user: User, code: str) -> Area:
    own = user.area
    if own is None:
        raise Http404
    if not code or code == own.code:
        return own.merged_into or own
    known = Area.objects.shown().select_related("merged_into")
    area = known.filter(code=code).first() if code.isdecimal() else None
    current = area and (area.merged_into or area)
    inside = current is not None and current != own.today and own.today.contains(current)
    # Whoever sees figures only does not go down: differences would tell what masks hide.
    if current is None or not inside or not user.sees_cases:
        raise Http404
    return current
