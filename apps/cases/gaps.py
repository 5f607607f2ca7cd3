"""Facts that are missing: computed, named, never stored, and never a reason to refuse a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    Case as Choice,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.lookups import LessThan
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Case, TeamMember
from apps.cases.querysets import CaseQuerySet
from apps.core.prepared import Prepared, Slot
from apps.law.current import number_on
from apps.law.parameters import Parameter
from apps.persons.models import Assignment


@dataclass(frozen=True)
class Gap:
    code: str
    words: str | Promise


WORDS: Final[dict[str, str | Promise]] = {
    "no_worker": _("Nobody is responsible"),
    "paper_deviates": _("The end on the paper is not the legal end"),
    "no_report": _("Day of reporting missing"),
    "no_agreement": _("Agreement not signed"),
    "no_receipt": _("Date of receipt missing"),
    "no_decision": _("Date or number of the decision missing"),
    "no_plan": _("No plan"),
    "no_team": _("No team"),
    "no_phone": _("No phone"),
    "no_document": _("No document number"),
}


def conditions(day: date | Slot) -> dict[str, Any]:
    """The one definition of each gap, as a condition on cases."""
    responsible = Assignment.objects.filter(person_id=OuterRef("person_id")).responsible()
    team = TeamMember.objects.standing().filter(
        Q(left_on=None) | Q(left_on__gte=day), case_id=OuterRef("pk"), joined_on__lte=day
    )
    return {
        "no_worker": ~Exists(responsible.current_on(day)),
        "paper_deviates": Q(paper_end_on__isnull=False, computed_end_on__isnull=False)
        & ~Q(paper_end_on=F("computed_end_on")),
        # An order that waits for the report is no gap: it is a state with a deadline.
        "no_report": Q(reported_on=None)
        & (
            Q(agreement_on__isnull=False)
            | Q(paper_end_on__isnull=False)
            | Q(brought_in_on__isnull=False)
        ),
        "no_agreement": Q(agreement_on=None) & _agreement_is_late(day),
        "no_receipt": Q(received_on=None),
        "no_decision": Q(decided_on=None) | Q(decision_number=""),
        "no_plan": Q(plan_on=None, reported_on__isnull=False),
        "no_team": ~Exists(team),
        "no_phone": Q(person__phone_index=None),
        "no_document": Q(person__document_index=None),
    }


def _agreement_is_late(day: date | Slot) -> LessThan:
    """As steps.agreement_due counts it."""
    days = number_on(Parameter.AGREEMENT_DAYS, "reported_on")
    due = ExpressionWrapper(F("reported_on") + days, output_field=DateField())
    return LessThan(due, Value(day, DateField()) if isinstance(day, date) else day)


def cases_with_gap(cases: CaseQuerySet, code: str, day: date) -> CaseQuerySet:
    """Cases that lack the one fact."""
    return cases.filter(conditions(day)[code])


def with_any_gap(cases: CaseQuerySet, day: date) -> Any:
    """Cases that lack at least one fact; `lacks` says how many."""
    found = _with_gaps(cases, day)
    return found.annotate(lacks=sum((F(name) for name in _COLUMNS), Value(0))).filter(lacks__gt=0)


def count_gaps(cases: CaseQuerySet, day: date) -> dict[str, int]:
    """How many of the cases lack each fact; one query."""
    counts: dict[str, int] = cases.aggregate(
        **{code: Count("pk", filter=Q(where)) for code, where in conditions(day).items()}
    )
    return counts


def gaps_of(case: Case, day: date) -> list[Gap]:
    """What one case lacks; one query, and every page of the person asks it."""
    [row] = _OF_CASE.rows(case=case.pk, day=day)
    return _named(row)


def gaps_by_case(cases: Any, day: date) -> dict[int, list[Gap]]:
    """What each of the cases lacks; one query."""
    rows = _with_gaps(cases.order_by("pk"), day).values_list("pk", *_COLUMNS, named=True)
    return {row.pk: _named(row) for row in rows}


_COLUMNS = [f"gap_{code}" for code in WORDS]


def _with_gaps(cases: Any, day: date | Slot) -> Any:
    return cases.annotate(
        **{
            f"gap_{code}": Choice(When(where, then=Value(1)), default=Value(0))
            for code, where in conditions(day).items()
        }
    )


def _named(row: Any) -> list[Gap]:
    return [Gap(code, words) for code, words in WORDS.items() if getattr(row, f"gap_{code}")]


def _of_case() -> Any:
    case = Case.objects.filter(pk=Slot("case", BigIntegerField()))
    return _with_gaps(case, Slot("day", DateField())).values_list(*_COLUMNS)


_OF_CASE = Prepared(_of_case)
