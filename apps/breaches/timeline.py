"""What the stream of a person tells of breaches."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.breaches.codes import BreachDecision, BreachKind, ResponseKind
from apps.breaches.models import Breach, Response
from apps.core.text import iso_day
from apps.core.timeline import Chip, Happening, Happenings, Line, day_of, joined


def _breach(row: Happening) -> Iterator[Line]:
    """Recorded counts for nothing; the tag says what was decided."""
    kind = str(BreachKind(row.what).label)
    days = iso_day(row.d1)
    if row.d2 and row.d2 != row.d1:
        days += f" – {iso_day(row.d2)}"
    open_tag = ("inf", _("Not decided")) if not row.word else None
    yield "d1", _("Recorded: %(kind)s") % {"kind": kind}, joined([row.said, days]), open_tag
    yield "d3", _("Heard about: %(kind)s") % {"kind": kind}, "", None
    if row.word:
        label = str(BreachDecision(row.word).label)
        tag = ("inf" if row.word == BreachDecision.CONFIRMED else "na", label)
        yield "d4", _("Decided: %(kind)s") % {"kind": kind}, "", tag


def _response(row: Happening) -> Iterator[Line]:
    tag = ("na", _("Void")) if row.gone else None
    yield "d1", str(ResponseKind(row.what).label), row.no, tag


PARTS: Final = (
    Chip("breach", gettext_lazy("Breaches"), 70),
    Happenings(
        src="breach", model=Breach, rank=103, chip="breach", icon="alert-triangle",
        url_name="breaches:breach", tell=_breach, what="kind", word="decision", said="facts",
        days=("starts_on", "ends_on", "heard_on", day_of("decided_at")),
        moments=("recorded_at", "", "", "decided_at"),
    ),
    # A letter is told here and not once more as a paper: both lead to it.
    Happenings(
        src="response", model=Response, rank=105, chip="breach", icon="alert-triangle",
        url_name="documents:detail", ref="paper__public_id", tell=_response, what="kind",
        no="paper__number", days=("on",), moments=("recorded_at",), gone="paper__voided_at",
    ),
)  # fmt: skip
