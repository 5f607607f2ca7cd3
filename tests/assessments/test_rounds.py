"""Whom a round names, and how long it may last."""

from datetime import date, timedelta

import pytest

from apps.accounts.models import User
from apps.assessments.models import RoundTarget
from apps.assessments.services import open_round
from apps.cases.services import close_case
from apps.core.refusals import Refused
from apps.persons.models import Person
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
FIRST = date(2024, 6, 1)


def test_a_round_lasts_a_year_at_most(boss: User) -> None:
    facts = {"area": area(JIAJI), "title": "全年排查", "first": FIRST, "by": boss}
    with pytest.raises(Refused, match="a year at most"):
        open_round(last=FIRST + timedelta(days=367), **facts)
    for days in (366, 365):
        assert open_round(last=FIRST + timedelta(days=days), **facts).pk


def test_a_round_names_who_has_an_open_order_in_its_area(person: Person, boss: User) -> None:
    closed = CaseFactory()
    close_case(case=closed, by=boss, reason="revoked", on=date(2024, 5, 2))
    CaseFactory(person=PersonFactory(area=area(WANQUAN)))
    PersonFactory()
    held = open_round(
        area=area(JIAJI), title="六月排查", first=FIRST, last=date(2024, 6, 29), by=boss
    )
    assert [row.person for row in RoundTarget.objects.filter(round=held)] == [person]
