"""The list of occupational screenings: sums, and nobody to look up."""

from typing import Any, cast

import django_tables2 as tables
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.list_page import ListPage
from apps.core.navigation import may
from apps.core.tables import BaseTable, DayColumn, NumberColumn
from apps.drugtests.models import OccupationalScreening
from apps.drugtests.occupational import sums_by_year


class ScreeningTable(BaseTable):
    first_on = DayColumn(verbose_name=gettext_lazy("From"))
    last_on = DayColumn(verbose_name=gettext_lazy("To"))
    place = tables.Column(verbose_name=gettext_lazy("Area"), empty_values=(), orderable=False)
    occupation = tables.Column(
        verbose_name=gettext_lazy("Occupation"), accessor="get_occupation_display",
        order_by="occupation",
    )  # fmt: skip
    tested = NumberColumn(verbose_name=gettext_lazy("Tested"))
    positive = NumberColumn(verbose_name=gettext_lazy("Positive, to be confirmed"))
    words = tables.Column(verbose_name=gettext_lazy("Remark"), orderable=False)

    class Meta:
        model = OccupationalScreening
        fields = ("first_on", "last_on", "place", "occupation", "tested", "positive", "words")

    def render_place(self, record: OccupationalScreening) -> str:
        return str(record.village or record.town or record.county)


class OccupationalPage(ListPage):
    """Counts of others than the persons of the register, for who supervises."""

    permission = Permission.FIGURES_VIEW
    title = gettext_lazy("Occupational screenings")
    table_class = ScreeningTable
    template_name = "drugtests/occupational.html"
    default_sort = "-first_on"
    empty_title = gettext_lazy("No occupational screening is on file")
    empty_words = gettext_lazy(
        "Sums come in as a ledger; the people who were tested are on no register."
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, Permission.PERSON_VIEW):
            raise PermissionDenied(Permission.PERSON_VIEW)
        return super().dispatch(request, *args, **kwargs)

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = OccupationalScreening.objects.visible_to(cast(User, request.user))
        return rows.select_related("county", "town", "village")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"years": sums_by_year(self.queryset(request))}
