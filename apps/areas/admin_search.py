"""The admin's search by a unit: by the name that it bears, and by those that it bore."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpRequest

from apps.areas.models import Area
from apps.core.admin_base import RoleModelAdmin

if TYPE_CHECKING:
    Base = RoleModelAdmin
else:
    Base = object


class SearchByUnit(Base):
    """Beside what `search_fields` find: rows of the units that are or were called so, and of those
    into which these were merged. `unit`: how the rows name theirs.
    """

    unit: ClassVar[str] = "area"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if words := search_term.strip():
            units = Area.objects.called(words).values("pk")
            found = found | queryset.filter(**{f"{self.unit}__in": units})
        return found, may_repeat
