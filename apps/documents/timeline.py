"""What the stream of a person tells of papers."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.core.timeline import Chip, Happening, Happenings, Line
from apps.documents.codes import PaperKind
from apps.documents.models import IssuedDocument


def _paper(row: Happening) -> Iterator[Line]:
    tag = ("na", _("Void")) if row.gone else None
    yield "d1", str(PaperKind(row.what).label), row.no, tag


PARTS: Final = (
    Chip("paper", gettext_lazy("Papers"), 130),
    Happenings(
        src="paper", model=IssuedDocument, rank=111, chip="paper", icon="certificate",
        url_name="documents:detail", tell=_paper, what="kind", no="number", days=("issued_on",),
        gone="voided_at", moments=("issued_at",),
    ),
)  # fmt: skip
