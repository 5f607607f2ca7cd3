"""Whatever stands in a file: every line is counted once, a dry run says what applying does, and the
second time nothing is new.
"""

import csv
import io
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import given, settings, strategies as st

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.imports.models.ledger_import import COUNTS
from apps.imports.services.reading import bring_in
from apps.ledgers.ledger import Ledger, ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from tests.factories.areas import area
from tests.factories.cases import CaseFactory
from tests.factories.persons import resident_number

pytestmark = pytest.mark.django_db
NUMBERS: Final = [resident_number(n) for n in range(1, 5)]
GARBAGE: Final = [
    "", " ", "无", "/", "—", "#N/A", "合计", "\u202e", "=1+1", "x" * 700, "2024-02-30",
    "2024-03-01", "2024/3/5 08:30", "二〇二四年三月一日", "1.38E+10", "10012345678", "E12345678",
    "-5", "98.9", "是", "否",
    "\x00", "😀", "'", '"', "12345678901234567890", "嘉积镇", "文昌市文城镇", *NUMBERS,
]  # fmt: skip
NAMES: Final = ["陈海生", "王丽", "陈 海生", "迪力·买买提", "Ann Lee", "符\u200b琼", ""]


def cells(field: str, ledger: Ledger) -> st.SearchStrategy[str]:
    """What its column knows more often than anything else."""
    column = ledger.column(field)
    good = list(column.words or ()) if column else []
    if field == "document_number":
        good = NUMBERS
    elif field == "name":
        good = NAMES
    elif field.endswith(("_on", "_at")) or field in ("first", "last"):
        good = ["2024-03-01", "2024.3.2", "20240303", "2024年3月4日"]
    anything = st.one_of(st.sampled_from(GARBAGE), st.text(max_size=8))
    return st.one_of(st.sampled_from(good), st.sampled_from(good), anything) if good else anything


@st.composite
def files(draw: st.DrawFn, kind: str) -> bytes:
    """Any of its columns in any order under any of their words, others between, and some lines."""
    ledger = ledgers()[kind]
    optional = [column for column in ledger.columns if not column.required]
    columns = [*ledger.required_columns(), *draw(st.lists(st.sampled_from(optional), unique_by=id))]
    columns = draw(st.permutations(columns))
    header = [draw(st.sampled_from(column.synonyms)) for column in columns]
    strange = draw(st.sampled_from(["", "本办自编列"]))
    rows = [[*header, strange]]
    for _line in range(draw(st.integers(1, 5))):
        rows.append([draw(cells(column.field, ledger)) for column in columns])
        rows[-1].append(draw(st.sampled_from(["", "甲", "乙"])) if strange else "")
    rows += draw(st.sampled_from([[], [rows[-1]], [["合计", "3"]], [header], [[]]]))
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "ignore")


def counted(report: Report) -> dict[str, int]:
    return {name: getattr(report, name) for name in COUNTS}


def outcome(kind: str, content: bytes, *, dry_run: bool = False) -> Any:
    """The report, or the words of the refusal."""
    try:
        with transaction.atomic():
            return bring_in(
                ledger=ledgers()[kind], content=content, file_name="a.csv",
                by=User.objects.system(), area=area("469002"), dry_run=dry_run,
            )  # fmt: skip
    except Refused as refusal:
        return str(refusal.words)


def tried_and_applied(kind: str, content: bytes) -> None:
    tried = outcome(kind, content, dry_run=True)
    done = outcome(kind, content)
    if isinstance(done, str):
        assert tried == done
        return
    assert done.rows == sum(counted(done)[name] for name in COUNTS[1:])
    assert len(done.lines) == done.rows
    assert counted(tried) == counted(done)
    assert tried.lines == done.lines
    assert {(f.row, f.reason) for f in tried.errors} == {(f.row, f.reason) for f in done.errors}
    again = outcome(kind, content)
    assert (again.new, again.changed) == (0, 0), (again.lines, again.changes)
    assert again.rejected == done.rejected


@pytest.mark.parametrize("kind", sorted(set(ledgers()) - {"letters"}))
def test_every_line_is_counted_once_whatever_it_says(kind: str) -> None:
    area()
    for number in NUMBERS[:2]:
        CaseFactory(person__document_number=number, person__name="陈海生")

    @settings(max_examples=12, deadline=None, derandomize=True)
    @given(files(kind))
    def any_file(content: bytes) -> None:
        with transaction.atomic():
            tried_and_applied(kind, content)
            transaction.set_rollback(True)

    any_file()
    assert Person.objects.count() == 2
