"""Rows of help and of follow-ups for the benchmark: allowances of a year with the budget of the
county, and a round of about fourteen thousand.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from apps.assistance.models import Programme
from apps.core.days import SHANGHAI
from apps.core.fields import uuid7
from scripts.bench.copying import Table

PLACE = "county_id town_id village_id"
RECORDED = "recorded_at recorded_by_id"
COLUMNS = {
    "assistance_budget": f"id public_id programme_id area_id year amount_fen {RECORDED}",
    "assistance_assistance": (
        "id public_id client_uuid person_id programme_id kind restricted beneficiary member_words"
        f" found_on words source state delivered_on {RECORDED} {PLACE}"
    ),
    "assistance_payment": (
        "id public_id client_uuid assistance_id person_id programme_id kind restricted budget_id"
        " office_id paid_on month_first month_last amount_fen times how payer receipt"
        f" receipt_words words {RECORDED} {PLACE}"
    ),
    "followups_followupround": (
        f"id public_id client_uuid area_id title first last source {RECORDED}"
    ),
    "followups_followuptarget": (
        "id public_id client_uuid round_id person_id number ground ground_words withdrawn_reason"
        f" {RECORDED} {PLACE}"
    ),
    "followups_followupattempt": (
        "id public_id client_uuid target_id person_id way outcome occurred_at day life work mind"
        f" words withdrawn_reason version {RECORDED} {PLACE}"
    ),
}
MONTHS = 12
# A county of 1,950 persons has no 14,000 of them: each file stands on the list as several.
TIMES = 7


class Helping:
    """The tables of help and follow-ups."""

    def __init__(self) -> None:
        self.by_table = {name: Table(name, columns) for name, columns in COLUMNS.items()}
        rows = Programme.objects.filter(restricted=False).order_by("pk")
        self.budgets: dict[tuple[int, int, int], int] = {}
        self.programmes = list(rows.values_list("pk", "kind"))

    @property
    def tables(self) -> list[Table]:
        return list(self.by_table.values())

    def add_year(self, person: Any, worker: int, day: date, rng: Random) -> None:
        """Half of the orders in force have an allowance, paid each month."""
        if rng.random() < 0.5:
            return
        helps, payments = (self.by_table[f"assistance_{n}"] for n in ("assistance", "payment"))
        programme, kind = rng.choice(self.programmes)
        number, found = len(helps.lines) + 1, day - timedelta(days=31 * MONTHS)
        helps.add(found, (
            number, uuid7(), uuid7(), person.id, programme, kind, False, "person", b"", found, b"",
            "page", "delivered", found, _noon(found), worker, *person.place,
        ))  # fmt: skip
        for month in range(MONTHS):
            on = day - timedelta(days=30 * month + rng.randrange(1, 30))
            budget = self._budget(person.place[0], programme, on, worker)
            payments.add(on, (
                len(payments.lines) + 1, uuid7(), uuid7(), number, person.id, programme, kind,
                False, budget, person.place[1], on, on.replace(day=1), on.replace(day=28),
                rng.randrange(10_000, 90_000), 1, "bank", "民政局", "signed", "", b"", _noon(on),
                worker, *person.place,
            ))  # fmt: skip

    def _budget(self, county: int, programme: int, on: date, worker: int) -> int:
        """More than anybody spends."""
        key = (county, programme, on.year)
        if key not in self.budgets:
            number = self.budgets[key] = len(self.budgets) + 1
            self.by_table["assistance_budget"].add(number, (
                number, uuid7(), programme, county, on.year, 9_000_000_000, _noon(on), worker,
            ))  # fmt: skip
        return self.budgets[key]

    def add_targets(self, person: Any, worker: int, day: date, rng: Random) -> None:
        """On the list of the one round, which is opened with the first of them."""
        rounds, targets, tries = (
            self.by_table[f"followups_followup{name}"] for name in ("round", "target", "attempt")
        )
        on = day - timedelta(days=40)
        if not rounds.lines:
            rounds.add(1, (
                1, uuid7(), uuid7(), person.place[0], "年度回访", on, on + timedelta(days=90),
                "page", _noon(on), worker,
            ))  # fmt: skip
        for _n in range(TIMES):
            number = len(targets.lines) + 1
            targets.add(number, (
                number, uuid7(), uuid7(), 1, person.id, uuid7(), "ledger", b"", "", _noon(on),
                worker, *person.place,
            ))  # fmt: skip
            if (chance := rng.random()) < 0.3:
                continue
            met, at = chance > 0.4, on + timedelta(days=rng.randrange(39))
            told = ("steady", "employed", "steady") if met else ("", "", "")
            way = rng.choice(("in_person", "phone")) if met else ""
            tries.add(at, (
                len(tries.lines) + 1, uuid7(), uuid7(), number, person.id, way,
                "reached" if met else "not_reached", _noon(at), at, *told, b"", "", 1, _noon(at),
                worker, *person.place,
            ))  # fmt: skip


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
