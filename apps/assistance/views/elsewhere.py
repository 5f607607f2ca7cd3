"""What stands in the own ledger for persons who belong to another unit now: nobody's name."""

from typing import Any, cast

import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.assistance.models import Payment
from apps.core.list_page import ListPage
from apps.core.tables import BaseTable, DayColumn


class ElsewhereTable(BaseTable):
    paid_on = DayColumn(verbose_name=gettext_lazy("Received on"))
    programme = tables.Column(
        verbose_name=gettext_lazy("Kind of help"), order_by=("kind", "programme__code")
    )
    amount = tables.Column(
        verbose_name=gettext_lazy("Yuan"), accessor="amount", order_by=("amount_fen",),
        attrs={"td": {"class": "num"}},
    )  # fmt: skip
    how = tables.Column(
        verbose_name=gettext_lazy("How"), accessor="get_how_display", order_by=("how",)
    )
    office = tables.Column(
        verbose_name=gettext_lazy("Office that paid"), order_by=("office__code",)
    )
    act = tables.Column(
        verbose_name=gettext_lazy("Acts"), empty_values=(), accessor="public_id", orderable=False
    )

    class Meta:
        model = Payment
        fields = ()

    def render_act(self, record: Payment) -> SafeString:
        url = reverse("assistance:reverse", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, _("Reverse"))


class ElsewherePage(ListPage):
    """The file has gone with the person; what was paid stays, and its office alone reverses it."""

    permission = Permission.ASSISTANCE_LEDGER
    title = gettext_lazy("Paid to persons elsewhere now")
    table_class = ElsewhereTable
    default_sort = "-paid_on"
    seen_by = gettext_lazy("Seen by: supervisors of the office that paid")
    empty_title = gettext_lazy("Nobody who was helped belongs to another unit now")
    empty_words = gettext_lazy(
        "When somebody moves, what was paid stays in the ledger of the office that paid. It stands "
        "here without a name, and can be reversed here."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Payment.objects.of_persons_elsewhere(cast(User, request.user)).standing()
        return rows.select_related("programme", "office")
