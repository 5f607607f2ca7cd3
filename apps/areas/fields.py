"""A unit in a form: typed, proposed by the browser, found by name or code."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.areas.filters import ProposingInput
from apps.areas.models import Area, Level
from apps.core.form_fields import TextField

PLACES = (Level.COUNTY, Level.TOWN, Level.VILLAGE)


class AreaField(TextField):
    """Takes 嘉积镇先锋村, 先锋村 or a code; only units inside `within` where one is given."""

    widget = ProposingInput

    def __init__(self, *, within: Area | None = None, **options: Any) -> None:
        self.within = within
        super().__init__(**options)

    def bind(self, within: Area | None, near: Area | None = None) -> None:
        """Narrow to a unit; the browser proposes the units below `near`, or below `within`."""
        self.within = within
        self.widget.proposals = proposals(near or within)

    def prepare_value(self, value: Any) -> Any:
        return full_name(value) if isinstance(value, Area) else value

    def clean(self, value: Any) -> Area | None:
        text = super().clean(value)
        if not text:
            return None
        units = Area.objects.under(self.within) if self.within else Area.objects.all()
        found = find_unit(units.shown().filter(level__in=PLACES), "".join(text.split()))
        if found is None:
            raise ValidationError(_("No single unit has this name. Choose one that is proposed."))
        return found


def find_unit(units: Any, text: str) -> Area | None:
    """The unit of today whose code it is, or whose name ends the text and whose towns precede it;
    a retired unit and a former name lead to the unit of today.
    """
    if text.isdecimal():
        found = units.filter(code=text).select_related("merged_into").first()
        return found.today if found else None
    ending = Q(typed__endswith=F("name")) | ~Q(former_names=[])
    candidates = units.alias(typed=Value(text)).filter(ending).select_related(
        "merged_into", "parent__merged_into", "parent__parent__merged_into",
        "parent__parent__parent__merged_into",
    )  # fmt: skip
    fitting = [unit for unit in candidates.order_by("code") if text in _spellings(unit)]
    now = [unit for unit in fitting if unit.active and text in _spellings(unit, former=False)]
    today = {unit.today for unit in now or fitting}
    return today.pop() if len(today) == 1 else None


def full_name(unit: Area) -> str:
    """嘉积镇先锋村: what a form shows and takes back."""
    above = unit.above if unit.level == Level.VILLAGE else None
    return f"{above.name if above else ''}{unit.name}"


def proposals(unit: Area | None) -> list[str]:
    """Names of what lies below, towns with their villages; one query."""
    if unit is None or unit.level not in PLACES:
        return []
    below = Area.objects.under(unit).active().filter(level__in=PLACES).order_by("code")
    return [full_name(area) for area in below.select_related("parent__merged_into")[:400]]


def _spellings(unit: Area, *, former: bool = True) -> set[str]:
    """先锋村, 嘉积镇先锋村, 琼海市嘉积镇先锋村, with and without the province; `former`: with the
    names and the units above that were, too.
    """
    spelled: set[str] = set()
    endings = {""}
    current: Area | None = unit
    while current is not None:
        here = {current.name}
        if former:
            here |= {*current.former_names, *_names(current.merged_into)}
        elif current != unit:
            here = {current.today.name}
        if not current.is_pseudo:
            endings = {name + ending for name in here for ending in endings}
            spelled |= endings
        current = current.parent
    return spelled


def _names(unit: Area | None) -> set[str]:
    return {unit.name, *unit.former_names} if unit else set()
