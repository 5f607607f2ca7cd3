"""The ledgers of an office, and how tests bring them in and count."""

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command

LEDGERS = Path(__file__).parent.parent / "data" / "ledgers"
EXPECTED = json.loads((LEDGERS / "expected.json").read_text())
PERSONS = LEDGERS / "01-persons-qionghai.xlsx"
CHECKINS = LEDGERS / "02-checkins-2024-04-qionghai.csv"
TESTS = LEDGERS / "03-hair-tests-2024-qionghai.xls"
WORK = LEDGERS / "07-employment-2024-qionghai.xlsx"
TRAINING = LEDGERS / "08-training-2021-qionghai.csv"
HELP = LEDGERS / "04-assistance-2024-qionghai.xlsx"
FOLLOWUPS = LEDGERS / "05-followups-2024-qionghai.xlsx"
DRIVERS = LEDGERS / "06-driver-hair-screening-2024-qionghai.xlsx"
ASSESSMENTS = LEDGERS / "09-assessments-2024-qionghai.xlsx"
USERS = LEDGERS / "10-users-qionghai.csv"
# Whose tables a second import leaves as they are.
SUBJECTS = ("accounts", "persons", "cases", "checkins", "needs", "schedule", "drugtests",
            "assistance", "followups", "employment")  # fmt: skip
# Sums are of no person, so somebody says whose they are.
PLACE = {"occupational": {"area": "469002"}}
REPORTED = {
    "persons": "1,300", "cases_in_force": "420", "tests_done": "1,222", "persons_tested": "1,222",
    "assistance_yuan": "108,190.00", "assistance_persons_living": "119",
    "assistance_persons_relief": "13", "assistance_yuan_relief": "51,060.00",
    "assistance_persons_unemployed": "8", "assistance_yuan_unemployed": "57,130.00",
    "followup_rate": "94.4 %", "positive_confirmed": "0",
}  # fmt: skip
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
# Check-ins of which a second import is made, enough for several pieces of the importer's.
HEAD = 1200


def bring_in(kind: str, file: Path, tmp_path: Path, **options: Any) -> dict[str, Any]:
    report = tmp_path / "report.json"
    call_command(
        "import_ledger", kind, file, report=report, verbosity=0, stdout=StringIO(), **options
    )
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def counts(report: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in report.items() if isinstance(value, int)}


def figures(*args: str) -> dict[str, Any]:
    out = StringIO()
    call_command("indicators", "--area=469002", "--format=json", *args, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def head_of(file: Path, tmp_path: Path) -> Path:
    """The check-ins with their first rows alone; the whole of them in `make soak`."""
    if SOAK:
        return file
    head = tmp_path / f"head-{file.name}"
    head.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[: HEAD + 1]))
    return head


def sums() -> dict[str, int]:
    """How many rows stand in each table of the ledgers' subjects, histories among them."""
    return {
        model._meta.label: model._base_manager.count()
        for label in SUBJECTS
        for model in apps.get_app_config(label).get_models()
    }
