"""戒毒条例 art. 22, rule by rule: never ownerless, the clock runs on, the file follows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve, reject
from apps.cases.current_order import state_of
from apps.cases.models import Case
from apps.cases.rules import last_day_of_term
from apps.cases.services import close_case
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker
from apps.persons.services.moving import personal_models
from apps.schedule.models import DueItem
from apps.transfers.models import Transfer
from apps.transfers.services import (
    accept_transfer,
    cancel_transfer,
    hand_over,
    record_arrival,
    sign_new_agreement,
)
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.pages import running_case
from tests.factories.schedule import seen
from tests.factories.transfers import asked, handed_over, waiting
from tests.transfers.conftest import Offices


def responsible_unit(case: Case) -> str:
    case.refresh_from_db()
    person = Person.objects.get(pk=case.person_id)
    assert (person.county_id, person.town_id) == (case.county_id, case.town_id)
    return (case.town or case.county).name


def worker_of(case: Case) -> User | None:
    rows = Assignment.objects.filter(person_id=case.person_id).responsible().current_on(today())
    found = rows.first()
    return found.worker if found else None


def test_art_22_until_accepted_the_sending_unit_stays_responsible(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    assert responsible_unit(offices.case) == "嘉积镇"
    assert worker_of(offices.case) == offices.worker
    assert transfer.letter is not None
    assert waiting(transfer).county.name == "文昌市"


def test_a_reason_that_ends_with_a_full_stop_fits_into_the_letter(offices: Offices) -> None:
    asking = asked(offices.case, offices.worker, reason="在新的镇上找到长期工作，已租房居住。")
    letter = hand_over(transfer=asking, by=offices.boss).letter
    assert letter is not None
    words = str(letter.blocks)
    assert "已租房居住，申请变更" in words
    assert "。，" not in words


def test_art_22_refused_with_a_reason_everything_stays(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    with pytest.raises(Refused, match="请写明不同意的理由。"):
        reject(proposal=waiting(transfer), by=offices.receiver, reason="")
    reject(proposal=waiting(transfer), by=offices.receiver, reason="无固定住所")
    transfer.refresh_from_db()
    assert (transfer.state, transfer.decision_reason) == ("refused", "无固定住所")
    assert responsible_unit(offices.case) == "嘉积镇"
    assert worker_of(offices.case) == offices.worker
    assert handed_over(offices.case, offices.worker, offices.boss).pk != transfer.pk


def test_art_22_accepted_the_clock_runs_on_and_the_queue_has_the_person(offices: Offices) -> None:
    end, reported = last_day_of_term(offices.case), offices.case.reported_on
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    accept_transfer(transfer=transfer, by=offices.receiver)
    transfer.refresh_from_db()
    assert responsible_unit(offices.case) == "文城镇"
    assert (last_day_of_term(offices.case), offices.case.reported_on) == (end, reported)
    assert worker_of(offices.case) is None
    queue = Case.objects.visible_to(offices.receiver).open_on(today()).not_assigned_on(today())
    assert list(queue) == [offices.case]
    assert transfer.report_by is not None
    assert transfer.report_by >= today() + timedelta(days=15)


def test_art_22_the_new_worker_may_be_named_at_once(offices: Offices) -> None:
    today_only = running_case()
    assign_worker(persons=[today_only.person], worker=offices.worker, by=offices.boss, on=today())
    for case in (offices.case, today_only):
        transfer = handed_over(case, offices.worker, offices.boss)
        accept_transfer(transfer=transfer, by=offices.receiver, worker=offices.new_worker)
        assert worker_of(case) == offices.new_worker
        assert case in Case.objects.visible_to(offices.new_worker)


def test_a_worker_of_another_unit_is_not_named_and_nothing_moves(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    with pytest.raises(Refused, match="不在其范围内"):
        accept_transfer(transfer=transfer, by=offices.receiver, worker=offices.worker)
    assert responsible_unit(offices.case) == "嘉积镇"
    assert waiting(transfer).is_waiting


def test_art_22_then_report_and_new_agreement_in_this_order(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    with pytest.raises(Refused, match="目前不能办理：变更执行地的状态为"):
        record_arrival(transfer=transfer, by=offices.new_worker, on=today())
    accept_transfer(transfer=transfer, by=offices.receiver)
    before, tomorrow = today() - timedelta(days=1), today() + timedelta(days=1)
    for day, words in ((before, "接收之后本人才在新执行地报到"), (tomorrow, "日期晚于今天")):
        with pytest.raises(Refused, match=words):
            record_arrival(transfer=transfer, by=offices.new_worker, on=day)
    with pytest.raises(Refused, match="先在新执行地报到，再签订新协议。"):
        sign_new_agreement(transfer=transfer, by=offices.new_worker, on=today())
    for _ in range(2):
        record_arrival(transfer=transfer, by=offices.new_worker, on=today())
        sign_new_agreement(transfer=transfer, by=offices.new_worker, on=today())
    transfer.refresh_from_db()
    assert (transfer.arrived_on, transfer.agreement_on) == (today(), today())


def test_another_address_of_the_same_report_is_not_dropped_unseen(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    accept_transfer(transfer=transfer, by=offices.receiver)
    report = {"transfer": transfer, "by": offices.new_worker, "on": today()}
    for _tap in range(2):
        record_arrival(**report, residence_address="下山村8号")
    with pytest.raises(Refused, match="新执行地报到已有记录"):
        record_arrival(**report, residence_address="下山村9号")
    assert Person.objects.get(pk=offices.case.person_id).residence_address == "下山村8号"


def test_who_has_not_reported_on_day_16_is_overdue(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    accept_transfer(transfer=transfer, by=offices.receiver)
    last = transfer.report_by or today()
    assert not Transfer.objects.overdue_on(last).exists()
    assert Transfer.objects.overdue_on(last + timedelta(days=1)).exists()


def test_the_receiver_sees_the_transfer_alone_and_later_the_whole_file(offices: Offices) -> None:
    seen(offices.case, today())
    transfer = asked(offices.case, offices.worker)
    assert not Transfer.objects.visible_to(offices.receiver).exists()
    hand_over(transfer=transfer, by=offices.boss)
    assert list(Transfer.objects.visible_to(offices.receiver)) == [transfer]
    assert not Transfer.objects.visible_to(offices.new_worker).exists()
    assert not Person.objects.visible_to(offices.receiver).exists()
    accept_transfer(transfer=transfer, by=offices.receiver, worker=offices.new_worker)
    for user in (offices.receiver, offices.new_worker, offices.new_county):
        assert CheckIn.objects.visible_to(user).count() == 1
    for model in personal_models():
        rows = model._default_manager.all()
        assert not rows.visible_to(offices.boss).exists(), model  # type: ignore[attr-defined]
    # What was decided stays with who sent the person, and with who asked for it.
    for user in (offices.boss, offices.worker):
        assert list(Transfer.objects.visible_to(user)) == [transfer]


def test_twice_and_two_at_once_are_harmless(offices: Offices) -> None:
    sent = uuid4()
    transfer = asked(offices.case, offices.worker, client_uuid=sent)
    assert asked(offices.case, offices.worker, client_uuid=sent).pk == transfer.pk
    with pytest.raises(Refused, match="该措施已有正在办理的变更执行地。"):
        asked(offices.case, offices.worker)
    for _ in range(2):
        hand_over(transfer=transfer, by=offices.boss)
    assert Proposal.objects.about(transfer.public_id, "transfer").count() == 1
    proposal = waiting(transfer)
    accept_transfer(transfer=transfer, by=offices.receiver)
    with translation.override("en"), pytest.raises(Refused, match="the transfer is “Accepted"):
        accept_transfer(transfer=transfer, by=offices.receiver)
    with pytest.raises(Refused, match="已经决定：已同意，符用户"):
        reject(proposal=proposal, by=offices.new_county, reason="重复")
    with pytest.raises(Refused, match="目前不能办理：变更执行地的状态为"):
        cancel_transfer(transfer=transfer, by=offices.boss, reason="不去了")
    assert responsible_unit(offices.case) == "文城镇"


def test_taken_back_before_the_decision_nothing_waits_any_more(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    with pytest.raises(
        Refused, match="只有移送单位"
    ):  # the receiver refuses, and does not take back
        cancel_transfer(transfer=transfer, by=offices.receiver, reason="不收")
    for _ in range(2):
        cancel_transfer(transfer=transfer, by=offices.worker, reason="本人不去了")
    assert not Proposal.objects.waiting().exists()
    assert responsible_unit(offices.case) == "嘉积镇"


def test_a_worker_hands_nobody_over_and_nobody_accepts_the_own_letter(offices: Offices) -> None:
    with pytest.raises(Refused, match="由督导移送。"):
        hand_over(transfer=asked(offices.case, offices.worker), by=offices.worker)
    both = UserFactory(county_supervisor=True)
    other = running_case(offices.worker)
    transfer = hand_over(transfer=asked(other, offices.worker, WANQUAN), by=both)
    with pytest.raises(Refused, match="本人提出的事项，不能由本人决定。"):
        approve(proposal=waiting(transfer), by=both)
    approve(proposal=waiting(transfer), by=UserFactory(town_supervisor=True, area=area(WANQUAN)))
    assert responsible_unit(other) == "万泉镇"


def test_no_transfer_to_the_own_unit_nor_before_the_report_nor_after_the_end(
    offices: Offices,
) -> None:
    for code in (JIAJI, "469002100001"):
        with pytest.raises(Refused, match="已经是执行地"):
            asked(offices.case, offices.worker, code)
    waits = running_case(offices.worker, reported_on=None, agreement_on=None)
    with pytest.raises(Refused, match="本人尚未报到。请改为更正措施的执行单位。"):
        asked(waits, offices.worker)
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    close_case(case=offices.case, by=offices.boss, reason="revoked", on=today())
    with pytest.raises(Refused, match="该案件已于"):
        accept_transfer(transfer=transfer, by=offices.receiver)


def test_art_22_on_the_way_from_the_letter_to_the_report_at_the_new_place(
    offices: Offices,
) -> None:
    def state() -> str:
        case = Case.objects.with_absence_on(today()).get(pk=offices.case.pk)
        return state_of(case, today())

    assert state() == "active"
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    assert state() == "transferring"
    reject(proposal=waiting(transfer), by=offices.receiver, reason="无固定住所")
    assert state() == "active"
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    accept_transfer(transfer=transfer, by=offices.receiver)
    assert state() == "transferring"
    assert DueItem.objects.filter(case=offices.case, due_on__gte=today()).exists()
    record_arrival(transfer=transfer, by=offices.receiver, on=today())
    assert state() == "active"
