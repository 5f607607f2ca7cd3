"""The order and the risk level that a line of the register states."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.cases.codes import LevelSource, Measure
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.services import correct_case, open_case
from apps.imports.bringing.deciding import split
from apps.ledgers.ledger import LedgerEntry, Run
from apps.persons.models import Person

DATES = ("decided_on", "received_on", "reported_on", "agreement_on", "paper_end_on")
FULL_TERM = 36


def bring_in_order(run: Run, entry: LedgerEntry, person: Person, cases: list[Case]) -> bool:
    """Open the order of the line, or put right the one of these that it is; whether anything was
    written.
    """
    facts = entry.facts
    stated = stated_order(facts)
    if stated is None:
        note_no_order(run, entry)
        return False
    case = on_file(cases, facts)
    if case is None:
        case = open_case(by=run.by, person=person, brought_in_on=run.day, **stated)
        run.known.case_rows[case.pk] = entry.row
        return True
    run.known.case_rows[case.pk] = entry.row
    different = split(run, entry, case, stated)
    if different:
        correct_case(case=case, by=run.by, reason=run.file_name, **different)
    return bool(different)


def note_no_order(run: Run, entry: LedgerEntry) -> None:
    """Dates without the order they belong to."""
    if any(entry.facts[name] for name in DATES):
        words = _("Dates of an order, but no measure")
        run.report.miss("order_without_measure", words, entry.row)


def stated_order(facts: dict[str, Any]) -> dict[str, Any] | None:
    """What the line says of an order, if it speaks of one. An empty cell states nothing: what is on
    file stays.
    """
    if facts["measure"] not in Measure.values:
        return None
    stated = {name: facts[name] for name in ("decision_number", *DATES) if facts[name]}
    stated["measure"] = facts["measure"]
    if months := term_of(facts):
        stated["term_months"] = months
    return stated


def term_of(facts: dict[str, Any]) -> int | None:
    """Rehabilitation lasts up to three years (禁毒法 art. 48): months nearest to the paper."""
    reported, end = facts["reported_on"], facts["paper_end_on"]
    if facts["measure"] == Measure.SQJD:
        return FULL_TERM
    if reported is None or end is None:
        return None
    return min(max(_months_between(reported, end), 1), FULL_TERM)


def _months_between(first: date, last: date) -> int:
    days_over = last.day - first.day
    months = (last.year - first.year) * 12 + last.month - first.month
    return months + (days_over > 15) - (days_over < -15)


def on_file(cases: list[Case], facts: dict[str, Any]) -> Case | None:
    """The same decision number; where one of the two has none, the same measure and days."""
    number = facts["decision_number"]
    same: list[Case] = [c for c in cases if number and c.decision_number == number]
    if same:
        return same[0]
    found: Case | None = next((case for case in cases if _same_days(case, facts)), None)
    return found


def _same_days(case: Case, facts: dict[str, Any]) -> bool:
    if case.measure != facts["measure"] or (case.decision_number and facts["decision_number"]):
        return False
    pairs = [
        (getattr(case, name), facts[name]) for name in ("decided_on", "reported_on") if facts[name]
    ]
    return all(stored in (None, stated) for stored, stated in pairs)


def new_risk_level(facts: dict[str, Any], risk_levels: list[RiskLevelRecord]) -> str:
    """A word of a ledger is no assessment: it never replaces one, nor repeats itself."""
    risk_level = facts["risk_level"]
    if not risk_level:
        return ""
    records = sorted(risk_levels, key=lambda record: (record.from_on, record.pk))
    assessed = any(record.source == LevelSource.ASSESSED for record in records)
    if assessed or (records and records[-1].risk_level == risk_level):
        return ""
    return str(risk_level)
