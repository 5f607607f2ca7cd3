"""Rows of drug tests for the benchmark: a year of screenings, one whole dossier, and a campaign
whose list is a worker's caseload.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from apps.core.fields import uuid7
from apps.drugtests.chain import TELLINGS
from apps.drugtests.models import Analyte
from scripts.bench.copying import Table

PLACE = "county_id town_id village_id"
RECORDED = "recorded_at recorded_by_id withdrawn_reason version"
COLUMNS = {
    "drugtests_drugtest": (
        "id public_id client_uuid occurred_at day number_of_day sample kind why cause_words place"
        " outcome collector collector_sex second_collector second_sex medicine medicine_words"
        " result decision reason_not note source case_id person_id"
        f" {RECORDED} {PLACE}"
    ),
    "drugtests_dossier": (
        f"id public_id test_id person_id a_seal b_seal keep_until result_before waits_for {PLACE}"
    ),
    "drugtests_step": (
        "id public_id client_uuid dossier_id person_id kind at by_name second_name place_words"
        f" seal_intact result answer unfit_why words bottle {RECORDED} {PLACE}"
    ),
    "drugtests_reading": (
        f"id step_id person_id day analyte_id result unit cut_off control_line {PLACE}"
    ),
    "campaigns_campaign": (
        "id public_id client_uuid area_id title first last sample kind asks recorded_at"
        " recorded_by_id"
    ),
    # The number of the sample comes from those of dossiers, which stand before it.
    "campaigns_campaigntarget": (
        "id public_id client_uuid campaign_id person_id number case_id ground ground_words"
        f" recorded_at recorded_by_id told_how excused_words {PLACE}"
    ),
}
WAY = ("screened", "told", "sealed", "stored", "received", "analysed", "lab_told")
PANEL = ("MOP", "MET", "KET", "MDMA", "COC", "THC")


class Samples:
    """The tables of samples."""

    def __init__(self) -> None:
        self.by_table = {name: Table(name, columns) for name, columns in COLUMNS.items()}

    @property
    def tables(self) -> list[Table]:
        return list(self.by_table.values())

    def add_year(self, person: Any, case: int, worker: int, day: date, rng: Random) -> None:
        """Of each second month one, of each twentieth with the result not known yet."""
        for month in range(6):
            on = day - timedelta(days=60 * month + rng.randrange(1, 50))
            self.add_test(person, case, worker, on, "negative" if rng.random() < 0.95 else "")

    def add_test(self, person: Any, case: int, worker: int, on: date, result: str) -> int:
        table = self.by_table["drugtests_drugtest"]
        number, at = len(table.lines) + 1, _noon(on)
        table.add(number, (
            number, uuid7(), uuid7(), at, on, 1, "urine", "screening", "regular", b"", "office",
            "taken", "王建国", "1", "林志强", "1", "none", b"", result, "", "", b"", "page", case,
            person.id, at, worker, "", 1, *person.place,
        ))  # fmt: skip
        return number

    def add_dossier(self, person: Any, case: int, worker: int, day: date) -> None:
        """The test that is measured: found on the spot, confirmed by the laboratory, told."""
        on = day - timedelta(days=2)
        test = self.add_test(person, case, worker, on, "positive")
        self.by_table["drugtests_dossier"].add(
            1,
            (
                1,
                uuid7(),
                test,
                person.id,
                "A1",
                "B1",
                on + timedelta(days=180),
                "",
                "",
                *person.place,
            ),
        )
        for number, kind in enumerate(WAY, 1):
            found = "positive" if kind in ("screened", "analysed") else ""
            whole = True if kind == "received" else None
            where = "in_person" if kind in TELLINGS else "窗口"
            self.by_table["drugtests_step"].add(number, (
                number, uuid7(), uuid7(), 1, person.id, kind, _noon(on), "王建国", "林志强", where,
                whole, found, "", "", b"", "", _noon(on), worker, "", 1, *person.place,
            ))  # fmt: skip
        for number, one in enumerate(Analyte.objects.filter(code__in=PANEL), 1):
            found = "positive" if one.code == "MOP" else "negative"
            self.by_table["drugtests_reading"].add(number, (
                number, 1, person.id, on, one.pk, found, "", 300, True, *person.place,
            ))  # fmt: skip

    def add_target(self, person: Any, case: int, worker: int, day: date) -> None:
        """On the list of the one campaign, which is opened with the first of them."""
        campaigns, targets = (
            self.by_table[f"campaigns_{name}"] for name in ("campaign", "campaigntarget")
        )
        on = day - timedelta(days=1)
        if not campaigns.lines:
            campaigns.add(1, (
                1, uuid7(), uuid7(), person.place[1], "专项检测", on, on + timedelta(days=90),
                "urine", "screening", "persons", _noon(on), worker,
            ))  # fmt: skip
        number = len(targets.lines) + 1
        targets.add(number, (
            number, uuid7(), uuid7(), 1, person.id, uuid7(), case, "duty", b"", _noon(on), worker,
            "", b"", *person.place,
        ))  # fmt: skip


def _noon(day: date) -> datetime:
    from scripts.bench.world import SHANGHAI

    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
