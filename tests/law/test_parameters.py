"""Numbers of the law from a day on, the calendar, and the deadlines that follow them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.cases.codes import CaseState
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.law.current import load_calendar, load_rulebook
from apps.law.models import CalendarDay, DayKind, LawParameter
from apps.law.parameters import DEFAULTS, Parameter, Rulebook, Setting
from apps.law.services import set_calendar_day, set_parameter
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, area
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "code", "days"),
    [
        (date(2023, 12, 31), "469002100", 15),
        (date(2024, 1, 1), "469002100", 2),
        (date(2024, 1, 1), "469005100", 15),
        (date(2025, 1, 1), "469005100", 10),
        (date(2025, 1, 1), "469002100", 2),
    ],
)
def test_the_nearest_area_and_the_latest_day_decide(day: date, code: str, days: int) -> None:
    book = Rulebook(
        (
            Setting(Parameter.REPORT_DAYS, 2, date(2024, 1, 1), "469002"),
            Setting(Parameter.REPORT_DAYS, 10, date(2025, 1, 1)),
        )
    )
    assert book.near((code[:2], code[:6], code)).value(Parameter.REPORT_DAYS, day) == days


def test_every_number_has_what_the_law_says() -> None:
    assert set(DEFAULTS) == set(Parameter.values)


def test_a_rule_changed_in_the_middle_holds_for_what_begins_later() -> None:
    by = User.objects.system()
    early = CaseFactory(not_reported=True)
    assert early.report_by == date(2024, 3, 8)
    facts = {"name": "report_days", "value": 2, "effective_from": date(2024, 3, 1), "by": by}
    with pytest.raises(Refused, match="请写明规定该数值的文件。"):
        set_parameter(basis=" ", **facts)
    set_parameter(basis="浙江省禁毒条例37", area=area(QIONGHAI), **facts)
    late = CaseFactory(not_reported=True, received_on=date(2024, 3, 4))
    early.refresh_from_db()
    assert (early.report_by, late.report_by) == (date(2024, 3, 8), date(2024, 3, 6))
    with pytest.raises(Refused, match="同一数值自该日起已有规定。"):
        set_parameter(basis="又一次", area=area(QIONGHAI), **facts)
    set_parameter(basis="文昌", area=area(WENCHANG), **facts | {"value": 5})


def test_the_calendar_knows_the_notices_and_moves_deadlines_that_run() -> None:
    by = User.objects.system()
    calendar = load_calendar(date(2026, 9, 15))
    assert not calendar.is_working(date(2026, 10, 7))
    assert calendar.is_working(date(2026, 10, 10))
    assert calendar.knows(date(2026, 9, 15))
    assert not load_calendar(date(2027, 3, 1)).knows(date(2027, 3, 1))
    case = CaseFactory(not_reported=True)
    set_calendar_day(day=date(2024, 3, 8), kind=DayKind.OFF, name="三月三", by=by)
    case.refresh_from_db()
    assert case.report_by == date(2024, 3, 11)
    set_calendar_day(day=date(2024, 3, 8), kind=DayKind.USUAL, by=by)
    case.refresh_from_db()
    assert case.report_by == date(2024, 3, 8)
    assert CalendarDay.objects.filter(day=date(2024, 3, 8)).count() == 1


def test_what_was_kept_decides_the_state_in_both_places() -> None:
    case = CaseFactory(not_reported=True, received_on=date(2024, 9, 16))
    assert case.report_by == date(2024, 10, 8)
    for day, state in ((date(2024, 10, 8), "decided"), (date(2024, 10, 9), "overdue")):
        assert Case.objects.in_state_on(CaseState(state), day).get() == case


def test_the_admin_shows_what_holds_though_nothing_was_set(client: Client) -> None:
    """Value, the law's own, its article, and since when: none of them is hidden in the code."""
    client.force_login(UserFactory(system_admin=True))
    address = reverse("admin:law_lawparameter_changelist")

    def row() -> str:
        html = client.get(address).content.decode()
        assert html.count('<th scope="row">') == len(Parameter)
        return html.split(str(Parameter.TRANSFER_DAYS.label))[1].split("</tr>")[0]

    with translation.override("zh-hans"):
        assert "第二十二条" in row()
        assert "2024年" not in row()
        set_parameter(
            name=Parameter.TRANSFER_DAYS, value=10, effective_from=date(2024, 5, 1), area=None,
            basis="省规定", by=UserFactory(system_admin=True),
        )  # fmt: skip
        assert "<b>10</b>" in row()
        assert "2024-05-01" in row()


def test_a_number_on_file_is_that_of_its_area() -> None:
    facts = {"name": "report_days", "by": User.objects.system(), "basis": "通知"}
    set_parameter(value=2, effective_from=date(2024, 3, 1), area=area(QIONGHAI), **facts)
    set_parameter(value=9, effective_from=date(2024, 3, 1), **facts)
    told = {setting.value: setting.area_code for setting in load_rulebook().settings}
    assert told == {2: QIONGHAI, 9: ""}


def test_a_day_of_the_calendar_is_entered_and_changed_in_the_admin(client: Client) -> None:
    client.force_login(UserFactory(system_admin=True))
    sent = {"day": "2028-01-03", "kind": "off", "name": "元旦", "basis": "国务院办公厅通知"}
    assert client.post(reverse("admin:law_calendarday_add"), sent).status_code == 302
    row = CalendarDay.objects.get(day=date(2028, 1, 3))
    assert (row.kind, row.name) == ("off", "元旦")
    changed = sent | {"day": "2028-01-04", "kind": "work"}  # the day itself is shown, not asked
    address = reverse("admin:law_calendarday_change", args=[row.pk])
    assert client.post(address, changed).status_code == 302
    row.refresh_from_db()
    assert (row.day, row.kind) == (date(2028, 1, 3), "work")
    assert not CalendarDay.objects.filter(day=date(2028, 1, 4)).exists()


def test_a_number_is_entered_in_the_admin_with_its_paper_and_never_edited(client: Client) -> None:
    system = UserFactory(system_admin=True)
    client.force_login(system)
    address = reverse("admin:law_lawparameter_add")
    sent = {"name": "report_days", "value": "2", "effective_from": "2024-03-01", "basis": "通知",
            "area": area(QIONGHAI).pk}  # fmt: skip
    assert client.post(address, sent | {"basis": ""}).status_code == 422
    assert not LawParameter.objects.exists()
    assert client.post(address, sent).status_code == 302
    row = LawParameter.objects.get()
    assert (row.value, row.area, row.recorded_by) == (2, area(QIONGHAI), system)
    change = reverse("admin:law_lawparameter_change", args=[row.pk])
    assert client.post(change, sent | {"value": "9"}).status_code == 403
