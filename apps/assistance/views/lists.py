"""The list of help."""

from typing import Any, Final, cast

import django_filters
import django_tables2 as tables
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.assistance.codes import OPEN_KINDS, Kind, State, told_kind
from apps.assistance.models import Assistance, Payment
from apps.assistance.querysets import UNKNOWN, of_told_kind
from apps.assistance.senders import signs
from apps.assistance.telling import told_in
from apps.audit.list_page import PersonListPage
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.markup import tag_html
from apps.core.money import yuan
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.persons.finding import NameFilter

# Whole rows of persons and programmes cost more than all that the list shows of them.
_READ: Final = (
    "public_id", "kind", "restricted", "beneficiary", "found_on", "state", "delivered_on",
    "person__public_id", "person__name", "town__name", "programme__name_zh", "programme__name_en",
)  # fmt: skip
TAGS = {State.DELIVERED: "done", State.REFUSED: "na", State.ENDED: "na", State.MISTAKE: "na"}


class AssistanceTable(BaseTable):
    """What leaves says of restricted help that it is medical aid."""

    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    place = tables.Column(
        verbose_name=gettext_lazy("Place"), accessor="town__name", order_by="town__code"
    )
    programme = tables.Column(
        verbose_name=gettext_lazy("Kind of help"), accessor="programme", order_by="told"
    )
    beneficiary = tables.Column(
        verbose_name=gettext_lazy("For whom"), accessor="get_beneficiary_display",
        order_by="beneficiary",
    )  # fmt: skip
    found_on = DayColumn(verbose_name=gettext_lazy("Found on"))
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by="state")
    delivered_on = DayColumn(verbose_name=gettext_lazy("Delivered on"))
    amount = tables.Column(
        verbose_name=gettext_lazy("Yuan"), empty_values=(), order_by="fen",
        attrs={"td": {"class": "num"}},
    )  # fmt: skip

    def link_for(self, record: Assistance) -> str:
        return reverse("assistance:detail", args=[record.public_id])

    def value_programme(self, record: Assistance) -> str:
        if record.restricted:
            return str(Kind(told_kind(record.kind, restricted=True)).label)
        return str(record.programme)

    def render_state(self, record: Assistance) -> SafeString:
        return tag_html(TAGS.get(State(record.state), "inf"), record.get_state_display())

    def value_state(self, record: Assistance) -> str:
        return record.get_state_display()

    def render_amount(self, record: Any) -> str:
        return amount_words(record.fen, record.unknown)

    def value_amount(self, record: Any) -> str:
        return amount_words(record.fen, record.unknown)


def amount_words(fen: int | None, unknown: int | None) -> str:
    """The sum, and how many amounts nobody recorded; nothing where no money was given."""
    parts = [yuan(fen)] if fen is not None else []
    if unknown:
        parts.append(_("not recorded (%(n)s)") % {"n": unknown})
    return " · ".join(parts)


class AssistanceFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(
        choices=OPEN_KINDS, method="of_kind", label=gettext_lazy("Kind of help"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    state = django_filters.ChoiceFilter(
        choices=State.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("All")
    )
    delivered_from = DayFilter(
        field_name="delivered_on", lookup_expr="gte", label=gettext_lazy("Delivered from")
    )
    delivered_to = DayFilter(field_name="delivered_on", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = Assistance
        fields = ["area", "name", "kind", "state", "delivered_from", "delivered_to"]

    def of_kind(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(of_told_kind(value))


class AssistancePage(PersonListPage):
    """All help in the user's scope, the newest first."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Assistance")
    template_name = "assistance/list.html"
    table_class = AssistanceTable
    filterset_class = AssistanceFilters
    default_sort = "-found_on"
    is_written = True
    export_permission = Permission.PERSON_EXPORT
    export_name = "assistance"
    fields_seen = "assistance"
    empty_title = gettext_lazy("No help is on record")
    empty_words = gettext_lazy(
        "Help is recorded on the person's page, for a need or by itself; each step and each "
        "payment stands with it."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user = cast(User, request.user)
        rows = Assistance.objects.visible_to(user)
        payments = Payment.objects.visible_to(user).filter(assistance=OuterRef("pk"))
        of_help = payments.order_by().values("assistance")
        fen = of_help.annotate(found=Sum("amount_fen")).values("found")
        unknown = of_help.filter(UNKNOWN).annotate(found=Count("pk")).values("found")
        # Restricted help stands among medical aid: its place in the list tells nothing.
        return rows.select_related("person", "town", "programme").only(*_READ).annotate(
            fen=Subquery(fen), unknown=Subquery(unknown),
            told=Case(When(restricted=True, then=Value(Kind.MEDICAL)), default=F("kind")),
        )  # fmt: skip

    def count(self, found: QuerySet[Any]) -> int:
        """Of ids alone: sums are not computed to count."""
        return found.order_by().values("pk")[: self.count_cap + 1].count()

    def signed_by(self, request: HttpRequest) -> str:
        return signs(cast(User, request.user))

    def telling(self, purpose: str) -> str:
        return told_in(purpose)
