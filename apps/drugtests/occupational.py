"""Occupational screenings: sums of an area, kept as sums."""

from typing import Any

from django.db.models import Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import mark
from apps.drugtests.codes import Source
from apps.drugtests.models import OccupationalScreening
from apps.ledgers.cells import same_words
from apps.ledgers.report import CHANGED, NEW, UNCHANGED


def store_screening(
    *, place: dict[str, Any], by: User, tested: int, positive: int, words: str, **key: Any
) -> str:
    """New, unchanged, or with a remark that is another; other numbers of the same are refused."""
    found = OccupationalScreening.objects.select_for_update(of=("self",)).filter(**place, **key)
    row = found.first() or _entered(place, tested, positive, key)
    if row is None:
        row = OccupationalScreening(
            **place, **key, tested=tested, positive=positive, words=words, source=Source.LEDGER,
            recorded_by=by,
        )  # fmt: skip
        change = NEW
    elif (row.tested, row.positive) != (tested, positive):
        raise Refused(_stored_words(row))
    elif not words or same_words(words, row.words):
        return UNCHANGED
    else:
        row.words, change = words, CHANGED
    with acting(by):
        save_or_refuse(row)
    return change


def _entered(
    place: dict[str, Any], tested: int, positive: int, key: dict[str, Any]
) -> OccupationalScreening | None:
    """The same sums as they were entered on a page, which has no other word for the occupation: a
    ledger that was taken from here has them.
    """
    named = OccupationalScreening.objects.select_for_update(of=("self",)).filter(
        **place, **key | {"occupation_words": ""}, tested=tested, positive=positive
    )
    return named.exclude(source=Source.LEDGER).first()


def record_screening(
    *, place: dict[str, Any], by: User, tested: int, positive: int, words: str = "", **key: Any
) -> OccupationalScreening:
    """Entered on a page. The same sums of a ledger are that row, other ones are refused."""
    found = OccupationalScreening.objects.filter(**place, **key).first()
    if found is None:
        found = OccupationalScreening(
            **place, **key, tested=tested, positive=positive, words=words.strip(),
            source=Source.PAGE, recorded_by=by,
        )  # fmt: skip
        with acting(by):
            save_or_refuse(found)
    elif (found.tested, found.positive) != (tested, positive):
        raise Refused(_stored_words(found), field="tested")
    elif words.strip() not in ("", found.words):
        _add_words(found, words.strip(), by)
    return found


def _add_words(row: OccupationalScreening, words: str, by: User) -> None:
    """What was typed stands after what a ledger said."""
    row.words = mark(";").join(part for part in (row.words, words) if part)
    with acting(by):
        save_or_refuse(row)


def put_right(
    screening: OccupationalScreening, *, by: User, reason: str, tested: int, positive: int
) -> None:
    """Other numbers of the same days and occupation."""
    rows = OccupationalScreening.objects.select_for_update(of=("self",))
    row = rows.get(pk=screening.pk)
    row.tested, row.positive = tested, positive
    row.source = Source.PAGE  # these are no longer the numbers of the ledger
    with acting(by, reason):
        save_or_refuse(row)


def _stored_words(row: OccupationalScreening) -> str:
    said = _("Stored for the same days and occupation: %(tested)d tested, %(positive)d positive.")
    return said % {"tested": row.tested, "positive": row.positive}


def sums_by_year(rows: Any) -> list[dict[str, int]]:
    """Tested and positive of each year: years are never added up."""
    years = rows.order_by().annotate(year=ExtractYear("first_on")).values("year")
    sums = years.annotate(sum_tested=Sum("tested"), sum_positive=Sum("positive"))
    return list(sums.order_by("-year"))
