"""Letters that wait, on the dashboard."""

from typing import Any, Final

from apps.core.tables import DayColumn, NameColumn
from apps.persons.figures import FigureList, Indicator, Period
from apps.persons.tables import NAME, RowsOfPersons, worker
from tests.toy_letters.models import Letter


class LetterRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    received_on = DayColumn(verbose_name="收到日期")
    worker = worker()

    class Meta:
        model = Letter
        fields = ()


def waiting(period: Period) -> Any:
    rows = period.here(Letter.objects.all())
    return rows.filter(received_on__lte=period.as_at, answered_on=None)


WAITING: Final = FigureList(
    indicator=Indicator(
        code="letters_waiting", title="待答复来信", unit="封", definition="未答复的来信。",
        excluded="已答复的来信。", rows=waiting,
    ),
    table=LetterRows, export_name="letters-waiting", default_sort="received_on", rank=120,
    standing=60, icon="file-text",
)  # fmt: skip
