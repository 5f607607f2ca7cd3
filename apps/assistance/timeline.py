"""What the stream of a person tells of help: steps, what was received, what it changed."""

from collections.abc import Iterator
from typing import Final

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from apps.assistance.codes import Changed, Kind, StepKind
from apps.assistance.models import AssistanceStep, Look, Payment
from apps.core.money import yuan
from apps.core.timeline import Chip, Happening, Happenings, Line


def _kind(row: Happening) -> str:
    return str(Kind(row.what).label)


def _step(row: Happening) -> Iterator[Line]:
    title = _("Help: %(kind)s") % {"kind": _kind(row)}
    words = str(StepKind(row.word).label)
    yield "d1", title, row.no, ("na", _("Withdrawn")) if row.gone else ("inf", words)


def _payment(row: Happening) -> Iterator[Line]:
    title = _("Received: %(kind)s") % {"kind": _kind(row)}
    amount = _("%(yuan)s yuan") % {"yuan": yuan(int(row.word))} if row.word else ""
    if row.d2:
        yield "d1", _("Reversed: %(kind)s") % {"kind": _kind(row)}, amount, ("na", _("Reversal"))
    elif row.d3:
        yield "d1", title, amount, ("na", pgettext("of a payment", "Reversed"))
    else:
        yield "d1", title, amount, ("done", _("Delivered"))


def _look(row: Happening) -> Iterator[Line]:
    title = _("What it changed: %(kind)s") % {"kind": _kind(row)}
    changed, after = row.word.split(":")
    words = _("%(n)s days after") % {"n": after}
    tag = ("na", _("Withdrawn")) if row.gone else ("inf", str(Changed(changed).label))
    yield "d1", title, words, tag


_REF: Final = "assistance__public_id"
PARTS: Final = (
    Chip("help", gettext_lazy("Assistance"), 45),
    Happenings(
        src="help_step", model=AssistanceStep, rank=60, chip="help", icon="heart-handshake",
        url_name="assistance:detail", ref=_REF, tell=_step, what="assistance__kind", word="kind",
        no="to_words", days=("day",), moments=("recorded_at",), gone="withdrawn_at",
    ),
    Happenings(
        src="help_paid", model=Payment, rank=61, chip="help", icon="heart-handshake",
        url_name="assistance:detail", ref=_REF, tell=_payment, what="assistance__kind",
        word=lambda: Cast(F("amount_fen"), CharField()),
        days=("paid_on", "reverses__paid_on", "reversal__paid_on"), moments=("recorded_at",),
    ),
    Happenings(
        src="help_look", model=Look, rank=62, chip="help", icon="heart-handshake",
        url_name="assistance:detail", ref=_REF, tell=_look, what="assistance__kind",
        word=lambda: Concat("changed", Value(":"), Cast("after", CharField())),
        days=("looked_on",), moments=("recorded_at",), gone="withdrawn_at",
    ),
)  # fmt: skip
