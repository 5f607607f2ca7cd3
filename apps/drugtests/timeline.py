"""What the stream of a person tells of drug tests."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.timeline import Chip, Happening, Happenings, Line
from apps.drugtests.codes import NotTakenReason, Sample
from apps.drugtests.models import DrugTest


def _test(row: Happening) -> Iterator[Line]:
    """Whether it was taken; what it showed stands on the record alone."""
    title = _("Drug test: %(sample)s") % {"sample": str(Sample(row.what).label).lower()}
    if row.gone:
        tag = ("na", _("Withdrawn"))
    elif row.word:
        tag = ("na", str(NotTakenReason(row.word).label))
    else:
        tag = ("done", _("Taken"))
    yield row.d1, title, row.no, tag


PARTS: Final = (
    Chip("test", gettext_lazy("Drug tests"), 30),
    Happenings(
        src="test", model=DrugTest, rank=113, chip="test", icon="droplet-check",
        url_name="drugtests:detail", tell=_test, what="sample", word="reason_not",
        no="recorded_by__name", days=("day",), gone="withdrawn_at",
    ),
)  # fmt: skip
