"""kill -9 of the process that works on an import, twelve times by chance: for `make soak` alone,
which names this file.
"""

import random
import time

import pytest

from apps.cases.models import Case
from apps.imports.codes import ImportState
from apps.imports.models import ImportWork, LedgerImport
from apps.imports.services.receiving import ask_to_apply
from apps.persons.models import Person
from tests.imports.rows_of_all import every_row
from tests.imports.test_killed import LINES, at_work, finish, settled, uploaded

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("english")]


def test_killed_at_any_moment() -> None:
    one, by = uploaded()
    finish(one)
    before = every_row()
    choose = random.Random(1)
    ask_to_apply(ledger_import=LedgerImport.objects.get(pk=one.pk), by=by)
    for _turn in range(12):
        ImportWork.objects.filter(ledger_import=one).update(begun=0)
        with at_work(one) as process:
            time.sleep(choose.uniform(1, 8))
            process.kill()
        if settled() != before:
            break
        assert LedgerImport.objects.get(pk=one.pk).state == ImportState.TRIED
    finish(one)
    assert LedgerImport.objects.get(pk=one.pk).state == ImportState.APPLIED
    assert (Person.objects.count(), Case.objects.count()) == (LINES, LINES)
