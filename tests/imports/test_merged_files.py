"""A line of a ledger with the number of a file that was merged belongs to the file of today."""

from pathlib import Path

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from apps.persons.models import Person
from apps.persons.services import undo_merge
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.persons import PersonFactory, merged_into, resident_number
from tests.imports.test_import_ledger import bring_in, numbers, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def records() -> User:
    return UserFactory(records_admin=True, area=area(QIONGHAI))


def test_a_line_lands_on_the_kept_file_and_on_its_own_after_the_undo(
    tmp_path: Path, records: User
) -> None:
    old, new = resident_number(71), resident_number(72)
    kept = PersonFactory(name="陈海生", document_number=new)
    merged = PersonFactory(name="陈海生", document_number=old)
    merge = merged_into(kept, merged, records)
    report = bring_in(tmp_path, row(身份证号码=old), by=records)
    assert not report.errors
    assert Case.objects.get().person == kept
    assert Person.every.count() == 2
    assert Person.objects.get().document_number == new
    undo_merge(merge=merge, by=records, reason="弄错了人")
    again = bring_in(tmp_path, row(身份证号码=old, 决定书文号="〔2024〕2号"), by=records)
    assert numbers(again)[4] == 0
    assert Case.objects.get(decision_number="〔2024〕2号").person == merged
    assert Person.objects.count() == 2
