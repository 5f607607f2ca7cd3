"""A row is checked in its fields by us and in its references by the database."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.areas.models import place_ids
from apps.assessments.models import LifeEvent
from apps.cases.models import RiskLevelRecord
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


def record(**changes: object) -> RiskLevelRecord:
    person = PersonFactory()
    facts = {"person": person, "risk_level": "low", "source": "ledger", "from_on": date(2024, 3, 1)}
    return RiskLevelRecord(**(facts | place_ids(person) | changes))


def test_references_cost_no_query_each() -> None:
    row = record()
    with CaptureQueriesContext(connection) as asked:
        save_or_refuse(row)
    statements = [q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) == 1


@pytest.mark.parametrize("fault", [{"person": None}, {"risk_level": "severe"}])
def test_a_missing_reference_and_a_wrong_field_are_refused_in_words(
    fault: dict[str, object],
) -> None:
    with pytest.raises(Refused):
        save_or_refuse(record(**fault))


def event(**changes: Any) -> LifeEvent:
    person = PersonFactory()
    kind = LifeEvent._meta.get_field("kind").choices[0][0]
    facts = {
        "person": person, "kind": kind, "happened_on": date(2024, 3, 1),
        "recorded_by": UserFactory(),
    }  # fmt: skip
    return LifeEvent(**(facts | place_ids(person) | changes))


def test_a_page_that_was_sent_is_used_and_another_broken_fact_is_no_such_page() -> None:
    sent, known = uuid4(), uuid4()
    save_or_refuse(event(client_uuid=sent, public_id=known))
    with refused("This page was used already. Load it anew."), transaction.atomic():
        save_or_refuse(event(client_uuid=sent))
    with pytest.raises(IntegrityError, match="public_id"), transaction.atomic():
        save_or_refuse(event(public_id=known))
    save_or_refuse(event(client_uuid=uuid4()))
