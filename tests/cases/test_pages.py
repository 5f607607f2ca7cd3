"""Pages of orders: the tab, the acts, the queue, what is missing."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.cases import services
from apps.cases.acts import CASE_ACTS, LEAVE_ACTS, PERSON_ACTS, SUSPENSION_ACTS
from apps.cases.forms import CorrectForm
from apps.cases.models import Case, Leave, Suspension
from apps.core.days import today
from apps.organisations.models import Organisation
from apps.persons.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import VILLAGE, AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    return UserFactory()


@pytest.fixture
def boss() -> User:
    return UserFactory(town_supervisor=True)


@pytest.fixture
def case(worker: User) -> Case:
    return running_case(worker)


def act(name: str, row: Any) -> str:
    return reverse(f"cases:{name}", args=[row.public_id])


def day(back: int) -> str:
    return (today() - timedelta(days=back)).isoformat()


def test_the_tab_shows_dates_gaps_leaves_and_who_is_responsible(worker: User, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(received_on=None)
    leave = services.report_leave(
        case=case, by=worker, starts_on=today(), until_on=today(), destination="三亚"
    )
    text = signed_in(worker).get(act("case", case.person)).content.decode()
    assert case.decision_number in text
    assert "三亚" in text
    assert worker.name in text
    assert act("return", leave) in text
    assert AccessLog.objects.get().person_ids == [case.person.public_id]


def test_the_steps_of_an_order_one_after_the_other(worker: User) -> None:
    start = today() - timedelta(days=9)
    case = CaseFactory(decided_on=start, received_on=start, reported_on=None, agreement_on=None)
    AssignmentFactory(person=case.person, worker=worker)
    client = signed_in(worker)
    for name, back in (("report", 5), ("agreement", 4), ("plan", 3)):
        assert client.get(act(name, case)).status_code == 200
        typed = {"on": day(back), "help_words": "介绍工作", "rights": "on"}
        assert client.post(act(name, case), typed).status_code == 302
    case.refresh_from_db()
    assert case.in_force_from == today() - timedelta(days=4)


def test_a_refusal_names_rule_and_article_and_keeps_what_was_typed(
    worker: User, case: Case
) -> None:
    typed = {"starts_on": day(0), "until_on": day(-9), "destination": "三亚"}
    answer = signed_in(worker).post(act("leave", case), typed)
    assert answer.status_code == 422
    assert "《戒毒条例》第十九条" in answer.content.decode()
    assert 'value="三亚"' in answer.content.decode()
    assert not Leave.objects.exists()


def test_a_leave_is_reported_ended_and_withdrawn(worker: User, case: Case) -> None:
    client = signed_in(worker)
    typed = {
        "starts_on": day(9), "until_on": day(1), "destination": "三亚",
        "reported_in_writing_on": day(10),
    }  # fmt: skip
    client.post(act("leave", case), typed)
    leave = Leave.objects.get()
    client.post(act("return", leave), {"on": day(3)})
    client.post(act("withdraw-leave", leave), {"reason": "没有去"})
    leave.refresh_from_db()
    assert leave.returned_on == today() - timedelta(days=3)
    assert leave.withdrawn_reason == "没有去"


def test_supervisors_suspend_resume_and_close(boss: User, worker: User, case: Case) -> None:
    client = signed_in(boss)
    for name in ("suspend", "close"):
        assert signed_in(worker).get(act(name, case)).status_code == 403
    client.post(act("suspend", case), {"starts_on": day(9), "reason": "detained"})
    held = Suspension.objects.get()
    client.post(act("resume", held), {"on": day(2)})
    closed = client.post(act("close", case), {"reason": "imprisoned", "on": day(0)})
    assert closed["Location"] == act("case", case.person)
    case.refresh_from_db()
    assert case.last_duty_on == today() - timedelta(days=1)


def test_a_new_order_names_the_authority_of_the_county(worker: User) -> None:
    person = PersonFactory()
    AssignmentFactory(person=person, worker=worker)
    police = Organisation.objects.create(
        name="嘉积派出所", kind="police", county_id=person.county_id
    )
    typed = {
        "measure": "SQKF", "term_months": "12", "authority": police.pk, "decided_on": day(20),
        "received_on": day(10), "decision_number": "琼公〔2026〕1号",
    }  # fmt: skip
    answer = signed_in(worker).post(act("open", person), typed)
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.authority, case.term_months, case.town_id) == (police, 12, person.town_id)


def corrected(case: Case, user: User, **changes: str) -> dict[str, str]:
    form = CorrectForm(user=user, target=case)
    typed = {field.html_name: field.value() for field in form}
    return {k: "" if v is None else str(v) for k, v in typed.items()} | changes


def test_a_correction_keeps_its_reason(worker: User, case: Case) -> None:
    typed = corrected(case, worker, paper_end_on=day(-200), reason="录入有误")
    assert signed_in(worker).post(act("correct", case), typed).status_code == 302
    case.refresh_from_db()
    assert case.paper_end_on == today() + timedelta(days=200)
    history = reverse("persons:history", args=[case.person.public_id])
    assert "录入有误" in signed_in(worker).get(history).content.decode()


def test_the_later_correction_is_told_both_values(worker: User, case: Case) -> None:
    typed = corrected(case, worker, received_on=day(101), reason="录入有误")
    services.correct_case(case=case, by=worker, received_on=today() - timedelta(days=102))
    answer = signed_in(worker).post(act("correct", case), typed)
    assert answer.status_code == 409
    assert day(102) in answer.content.decode()
    assert f'value="{day(101)}"' in answer.content.decode()


def test_a_correction_moves_the_order_to_another_unit(case: Case) -> None:
    boss = UserFactory(county_supervisor=True)
    typed = corrected(case, boss, area="万泉镇", reason="移交")
    assert signed_in(boss).post(act("correct", case), typed).status_code == 302
    case.refresh_from_db()
    assert case.town.code == WANQUAN


def test_a_term_that_is_no_whole_year_stays_as_it_is(worker: User) -> None:
    case = running_case(worker, measure="SQKF", term_months=18)
    typed = corrected(case, worker, reason="录入有误")
    assert signed_in(worker).post(act("correct", case), typed).status_code == 302


def test_the_queue_holds_open_orders_without_a_worker(boss: User, case: Case) -> None:
    waiting = running_case()
    elsewhere = running_case(person=PersonFactory(area=area(WANQUAN)))
    text = signed_in(boss).get("/cases/unassigned/").content.decode()
    assert str(waiting.person.public_id) in text
    assert str(case.person.public_id) not in text
    assert str(elsewhere.person.public_id) not in text
    assert reverse("cases:assign-village", args=[VILLAGE]) in text


def test_a_whole_village_is_assigned_in_one_act(boss: User, worker: User) -> None:
    waiting = [running_case(), running_case()]
    client, target = signed_in(boss), reverse("cases:assign-village", args=[VILLAGE])
    assert waiting[0].person.name in client.get(target).content.decode()
    assert set(AccessLog.objects.get().person_ids) == {row.person.public_id for row in waiting}
    sent = {"worker": worker.pk, "on": day(0), "kind": "responsible"}
    assert client.post(target, sent | {"on": ""}).status_code == 422
    client.post(target, sent)
    assert Assignment.objects.filter(worker=worker).count() == 2
    assert client.get(target)["Location"] == "/cases/unassigned/"


def test_missing_facts_are_counted_and_listed(boss: User) -> None:
    lacking = running_case(received_on=None)
    other = running_case()
    client = signed_in(boss)
    assert str(other.person.public_id) in client.get("/cases/gaps/").content.decode()
    text = client.get("/cases/gaps/", {"gap": "no_receipt"}).content.decode()
    assert str(lacking.person.public_id) in text
    assert str(other.person.public_id) not in text


@pytest.mark.parametrize("name", [*CASE_ACTS, *PERSON_ACTS, "case"])
def test_an_order_out_of_scope_is_not_there(name: str, case: Case) -> None:
    row = case.person if name in {*PERSON_ACTS, "case"} else case
    stranger = UserFactory(town_supervisor=True, area=area(WANQUAN))
    assert signed_in(stranger).get(act(name, row)).status_code == 404
    assert signed_in(UserFactory(auditor=True)).get(act(name, row)).status_code == 403


def test_leaves_and_suspensions_out_of_scope_are_not_there(worker: User, case: Case) -> None:
    leave = services.report_leave(
        case=case, by=worker, starts_on=today(), until_on=today(), destination="三亚"
    )
    held = services.suspend_case(
        case=case, by=worker, starts_on=today() - timedelta(days=3), reason="detained"
    )
    stranger = signed_in(UserFactory(town_supervisor=True, area=area(WANQUAN)))
    for names, row in ((LEAVE_ACTS, leave), (SUSPENSION_ACTS, held)):
        for name in names:
            assert stranger.get(act(name, row)).status_code == 404


@pytest.mark.parametrize(
    ("measure", "name", "article"),
    [
        ("SQJD", "report", "第十四条"),
        ("SQJD", "agreement", "第十六条"),
        ("SQJD", "plan", "第十五条"),
        ("SQKF", "report", "《戒毒条例》第三十八条"),
        ("SQKF", "agreement", "《戒毒条例》第三十八条"),
        ("SQKF", "plan", "《禁毒法》第四十八条"),
        ("SQKF", "leave", "《禁毒法》第四十八条"),
    ],
)
def test_a_step_names_the_article_of_its_measure(
    worker: User, measure: str, name: str, article: str
) -> None:
    page = signed_in(worker).get(act(name, running_case(worker, measure=measure)))
    assert article in page.content.decode()


def test_the_same_correction_twice_is_one(worker: User, case: Case) -> None:
    client = signed_in(worker)
    typed = corrected(case, worker, paper_end_on=day(-200), reason="录入有误")
    answers = [client.post(act("correct", case), typed).status_code for _tap in range(2)]
    assert answers == [302, 302]


def test_a_conflict_shows_the_other_unit_too(worker: User, case: Case) -> None:
    typed = corrected(case, worker, area="469002100001", reason="搬家")
    services.correct_case(case=case, by=worker, reason="更正", decision_number="琼公〔2026〕2号")
    answer = signed_in(worker).post(act("correct", case), typed)
    assert answer.status_code == 409
    assert "嘉积镇东风社区" in answer.content.decode()
    assert "嘉积镇先锋村" in answer.content.decode()


def test_an_order_that_moved_to_another_county_keeps_its_authority(
    worker: User, case: Case
) -> None:
    elsewhere = Organisation.objects.create(
        name="文昌市公安局", kind="police", county_id=area("469005").pk
    )
    Case.objects.filter(pk=case.pk).update(authority=elsewhere)
    case.refresh_from_db()
    typed = corrected(case, worker, paper_end_on=day(-200), reason="录入有误")
    assert signed_in(worker).post(act("correct", case), typed).status_code == 302
    case.refresh_from_db()
    assert case.authority == elsewhere
