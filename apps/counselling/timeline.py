"""What the stream of a person tells of counselling: that it was held, and never what was said."""

from collections.abc import Iterator
from typing import Final

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from apps.core.timeline import Happening, Happenings, Line
from apps.counselling.codes import Kind
from apps.counselling.models import Session, named

# Between name and body in one column.
BETWEEN: Final = "\t"


def _session(row: Happening) -> Iterator[Line]:
    name, _between, body = row.word.partition(BETWEEN)
    gone = ("na", _("Withdrawn")) if row.gone else None
    yield "d1", str(Kind(row.what).label), named(name, body) or row.no, gone


PARTS: Final = (
    Happenings(
        src="counselling", model=Session, rank=63, chip="help", icon="heart-handshake",
        url_name="counselling:session", tell=_session, what="kind",
        word=Concat(F("counsellor_name"), Value(BETWEEN), F("counsellor_body")),
        no="recorded_by__name", days=("day",), moments=("occurred_at",), gone="withdrawn_at",
    ),
)  # fmt: skip
