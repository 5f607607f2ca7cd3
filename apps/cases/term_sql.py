"""SQL of dates that follow from other dates; the same rules as in rules.py."""

from django.db.models import Case, DateField, F, Func, When
from django.db.models.functions import Coalesce, Greatest


class TermEnd(Func):
    """Report date + term − 1 day, and the last day of the month where the day does not exist.

    2024-03-01 + 36 months → 2027-02-28; 2024-02-29 + 36 months → 2027-02-28 (docs/law.md, 1).
    """

    template = (
        "((%(reported)s + make_interval(months => %(months)s::int))::date - "
        "CASE WHEN extract(day from "
        "(%(reported)s + make_interval(months => %(months)s::int))::date)"
        " = extract(day from %(reported)s) THEN 1 ELSE 0 END)"
    )
    output_field = DateField()

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def,override]
        (reported, _p), (months, _q) = (
            compiler.compile(source) for source in self.source_expressions
        )
        return self.template % {"reported": reported, "months": months}, ()


class Earliest(Func):
    """The earliest of the dates that are known: PostgreSQL's LEAST passes over NULL."""

    function = "LEAST"
    output_field = DateField()


IN_FORCE_FROM = Case(
    When(
        reported_on__isnull=False,
        agreement_on__isnull=False,
        then=Greatest(F("reported_on"), F("agreement_on")),
    ),
    default=None,
    output_field=DateField(),
)
COMPUTED_END = TermEnd(F("reported_on"), F("term_months"))
# The earlier of law and paper, unless an authority has set another end (条例 art. 24).
DUTIES_END = Earliest(
    Coalesce(F("end_set_on"), Earliest(COMPUTED_END, F("paper_end_on"))), F("last_duty_on")
)
