"""The numbers of the unit that takes another one in hold there from the merge on."""

from datetime import date

import pytest

from apps.accounts.models import User
from apps.areas.services import merge_areas
from apps.law.services import set_parameter
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("of", "due"), [(JIAJI, date(2024, 2, 24)), (WANQUAN, date(2024, 3, 8))])
def test_the_last_day_to_report_follows_the_number_of_the_successor(of: str, due: date) -> None:
    by = User.objects.system()
    case = CaseFactory(person=PersonFactory(area=area(WANQUAN)), not_reported=True)
    set_parameter(
        name="report_days", value=2, effective_from=date(2024, 1, 1), basis="办法", by=by,
        area=area(of),
    )  # fmt: skip
    before = date(2024, 2, 24) if of == WANQUAN else date(2024, 3, 8)
    case.refresh_from_db()
    assert case.report_by == before
    merge_areas(area=area(WANQUAN), into=area(JIAJI), by=by)
    case.refresh_from_db()
    assert case.report_by == due
