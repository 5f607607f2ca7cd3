"""What waits after the update says the same as what the service says of it."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from apps.accounts.models import User
from apps.cases.models import Case
from apps.drugtests.chain import StepKind as S
from apps.drugtests.models import Dossier
from tests.drugtests.ways import lab_test, walk

pytestmark = pytest.mark.django_db
UPDATE = import_module("apps.drugtests.migrations.0017_which_steps_a_test_must_have")


@pytest.mark.parametrize(
    "steps",
    [(), (S.SEALED, S.STORED), (S.SEALED, S.SENT), (S.SEALED, S.STORED, S.SENT, S.RECEIVED)],
)
def test_an_older_sample_waits_until_the_day_the_service_says(
    case: Case, worker: User, steps: tuple[S, ...]
) -> None:
    test = lab_test(case.person, date(2024, 5, 6), by=worker, kind="laboratory")
    if steps:
        walk(test, *steps)
    rows = Dossier.objects.filter(test=test).values_list("waits_for", "waits_since", "waits_until")
    said = rows.get()
    Dossier.objects.update(waits_for="", waits_since=None, waits_until=None)
    UPDATE.what_was_in_no_inbox_waits(apps, None)
    assert rows.get() == said
