"""Care plans and a care list in the town of the demo's accounts: every state of both."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.care.codes import Doer, StepEnd, Whom
from apps.care.models import CarePlan
from apps.care.services import (
    add_person,
    add_step,
    close_plan,
    end_step,
    fill_list,
    open_list,
    open_plan,
    record_review,
    withdraw_entry,
)
from apps.cases.models import Case, TeamMember
from apps.cases.models.care_team import MemberKind
from apps.cases.services import end_member
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.needs.models import Need

MOST = 10  # plans; the others of the list are left to make
GOALS = (
    "想在镇上找份稳定的活，每个月能攒点钱", "把驾照考下来，跑运输", "多陪陪孩子，辅导作业",
    "把身体养好，腰疼不再犯", "和哥哥把关系处好，过年一起回家",
)  # fmt: skip
MATTERS = ("", "不想让邻居知道", "上午要送孩子上学，约在下午", "", "母亲身体不好，不能走远")
STEPS = (
    ("联系镇人社所报名家政培训", "镇人社所"), ("陪本人去办理低保申请", "村委会"),
    ("每周给孩子打一次电话", ""), ("预约县医院检查", ""), ("到驾校报名", ""),
)  # fmt: skip
DROPPED = "本人想先照顾母亲，以后再说"
NOT_DONE = "这一期报名已满，等下个月"


def care_once(office: Office) -> None:
    """Plans by the worker with each person; the list by the supervisor."""
    worker = office.workers[0]
    chief = office.chiefs[worker.area_id or 0]
    if chief.area is None:
        return
    first = office.day - timedelta(days=60)
    mine = Case.objects.visible_to(worker).in_force_on(first).in_force_on(office.day)
    cases = list(mine.select_related("person").order_by("pk"))
    with on_day(first, 9):
        found = open_list(
            area=chief.area, by=chief, client_uuid=_key("list"),
            title=f"{first.year}年关爱对象名单", ground="家庭有困难，需要一起想办法",
            first=first, last=first + timedelta(days=180),
        )  # fmt: skip
        fill_list(found=found, by=chief, whom=Whom.NEED, reason="有未办结的需求")
    there = set(found.entries.values_list("person_id", flat=True))
    for number, case in enumerate(
        [one for one in reversed(cases) if one.person_id not in there][:4]
    ):
        with on_day(first, 10):
            entry = add_person(
                found=found, person=case.person, by=chief, client_uuid=_key(f"entry-{number}"),
                reason="一个人带孩子，收入少",
            )  # fmt: skip
            if number == 3:
                withdraw_entry(row=entry, by=chief, reason="本人不愿意，改由专干单独联系")
    for number, case in enumerate(cases[:MOST]):
        _plan(case, worker, number, first + timedelta(days=number), office.day)
    _leaves(cases[-1], chief, office.day)


def _plan(case: Case, worker: User, number: int, day: date, now: date) -> None:
    """Each is of another state: new, under way, with a review that is due, closed, withdrawn."""
    with on_day(day, 15):
        plan = open_plan(
            person=case.person, by=worker, client_uuid=_key(f"plan-{number}"), day=day,
            goals=GOALS[number % len(GOALS)], matters=MATTERS[number % len(MATTERS)],
            review_on=day + timedelta(days=30),
        )  # fmt: skip
        _steps(plan, worker, number, now)
    if number % 4 != 1:
        held = day + timedelta(days=30)
        with on_day(held, 16):
            record_review(
                plan=plan, by=worker, client_uuid=_key(f"review-{number}"), day=held,
                took_part="本人、专干、村干部", said="比上个月顺一些", changed="培训改到下个月",
                next_on=now + timedelta(days=14 if number % 2 else 0),
            )  # fmt: skip
    if number == 4:
        last = now - timedelta(days=3)
        with on_day(last, 10):
            close_plan(plan=plan, by=worker, on=last, reason="找到工作，目标达到")
    if number == 8:
        with on_day(day + timedelta(days=31), 10):
            withdraw_entry(row=plan, by=worker, reason="填错了人，已另记")


def _steps(plan: CarePlan, worker: User, number: int, now: date) -> None:
    team = TeamMember.objects.filter(case__person=plan.person).there_on(plan.day).order_by("pk")
    member = team.first()
    need = Need.objects.filter(person=plan.person).open_on(plan.day).first()
    who: list[dict[str, Any]] = [{"doer": Doer.PERSON}]
    if member is not None:
        who.append({"doer": Doer.MEMBER, "member": member})
    who.append({"doer": Doer.OTHER, "doer_words": STEPS[number % 2][1]})
    for place, facts in enumerate(who):
        step = add_step(
            plan=plan, by=worker, client_uuid=_key(f"step-{number}-{place}"),
            task=STEPS[(number + place) % len(STEPS)][0],
            by_day=now + timedelta(days=(-2, 10, 20)[place]),
            need=need if place == 1 else None, **facts,
        )  # fmt: skip
        _ended(number, place)(step, worker, plan.day)


def _ended(number: int, place: int) -> Callable[[Any, User, date], None]:
    """Of most plans the first step has ended."""
    ends = ((StepEnd.DONE, ""), (StepEnd.NOT_DONE, NOT_DONE), (StepEnd.DROPPED, DROPPED))
    ended, words = ends[number % len(ends)]

    def act(step: Any, worker: User, on: date) -> None:
        if place == 0 and number % 4 != 1:
            end_step(step=step, by=worker, ended=ended, on=on, words=words)

    return act


def _leaves(case: Case, chief: User, day: date) -> None:
    """Somebody of a team has moved on."""
    others = TeamMember.objects.standing().filter(case=case, left_on=None, is_lead=False)
    gone = others.filter(kind=MemberKind.POLICE).first()
    if gone is not None:
        end_member(member=gone, by=chief, on=day, reason="调到县局工作")


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-care-{what}")
