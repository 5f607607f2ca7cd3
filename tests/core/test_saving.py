"""A row is checked in its fields by us and in its references by the database."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.areas.models import place_ids
from apps.cases.models import TierRecord
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


def record(**changes: object) -> TierRecord:
    person = PersonFactory()
    facts = {"person": person, "tier": "low", "source": "ledger", "from_on": date(2024, 3, 1)}
    return TierRecord(**(facts | place_ids(person) | changes))


def test_references_cost_no_query_each() -> None:
    row = record()
    with CaptureQueriesContext(connection) as asked:
        save_or_refuse(row)
    statements = [q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) == 1


@pytest.mark.parametrize("fault", [{"person": None}, {"tier": "severe"}])
def test_a_missing_reference_and_a_wrong_field_are_refused_in_words(
    fault: dict[str, object],
) -> None:
    with pytest.raises(Refused):
        save_or_refuse(record(**fault))
