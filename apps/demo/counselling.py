"""Sessions of counselling of persons of the demo's worker: of every kind, by her and by others."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.cases.models import Case
from apps.core.days import SHANGHAI
from apps.counselling.codes import Counsellor, FamilyTold, Kind, Theme
from apps.counselling.models import Session
from apps.counselling.services import (
    ByWhom,
    NotesWords,
    correct_session,
    record_session,
    withdraw_session,
)
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.persons.models import Person

HERSELF = ByWhom(Counsellor.RECORDER)
STATION = ByWhom(Counsellor.OTHER, "李医生", "市人民医院心理科")
SCHOOL = ByWhom(Counsellor.OTHER, counsellor_body="社会工作服务中心")
ROOM = "镇综治中心二楼"
# Days before the first day of the demo.
SESSIONS: tuple[tuple[int, dict[str, Any], NotesWords], ...] = (
    (30, {"kind": Kind.PERSON, "who": HERSELF, "minutes": 45},
     NotesWords(Theme.SLEEP, ROOM, "", "睡得浅，夜里常想起孩子。一起列了睡前少做的三件事。")),
    (16, {"kind": Kind.PERSON, "who": HERSELF, "minutes": 40},
     NotesWords(Theme.MOOD, ROOM, "", "睡眠好一些，愿意再来。")),
    (12, {"kind": Kind.FAMILY, "who": SCHOOL, "family_told": FamilyTold.NOTHING},
     NotesWords(Theme.FAMILY, "家里", "母亲", "教母亲先听完再说话。")),
    (9, {"kind": Kind.BOTH, "who": HERSELF, "family_told": FamilyTold.AGREED, "minutes": 60},
     NotesWords(Theme.FAMILY, "家里", "妻子", "夫妻商量家用，约定每周一起吃一次饭。")),
    (7, {"kind": Kind.PERSON, "who": STATION}, NotesWords()),
    (5, {"kind": Kind.PERSON, "who": HERSELF},
     NotesWords(Theme.WORK, "修车店", "", "担心试用期。")),
)  # fmt: skip


def counselling_once(office: Office) -> None:
    """One was put right, one was recorded by mistake, the next dates are agreed."""
    worker = office.workers[0]
    running = Case.objects.visible_to(worker).in_force_on(office.day)
    since = office.day - timedelta(days=max(days for days, _facts, _told in SESSIONS))
    cases = list(running.filter(in_force_from__lte=since).order_by("pk").select_related("person"))
    if not cases:
        return
    made = [
        _held(cases[(number + 1) // 2 % len(cases)].person, number, office)
        for number in range(len(SESSIONS))
    ]
    correct_session(
        session=made[1], by=worker, reason="时长记错了", version=1, changes={"minutes": 50}
    )
    withdraw_session(session=made[-1], by=worker, reason="当天没有谈成，记错了")
    _after_the_term(office)


def _held(person: Person, number: int, office: Office) -> Session:
    days, facts, told = SESSIONS[number]
    day = office.day - timedelta(days=days)
    agreed = {"agreed_on": day} if facts.get("family_told") == FamilyTold.AGREED else {}
    with on_day(day, 17):
        return record_session(
            person=person, by=office.workers[0], client_uuid=_key(str(number)), told=told,
            occurred_at=datetime.combine(day, time(15, 30), SHANGHAI), asked=number == 0,
            next_on=day + timedelta(days=14), **facts, **agreed,
        )  # fmt: skip


def _after_the_term(office: Office) -> None:
    """Somebody comes back who is under no order any more, and asks."""
    worker, day = office.workers[0], office.day - timedelta(days=3)
    running = Case.objects.in_force_on(day).values("person")
    past = Case.objects.visible_to(worker).filter(duties_end_on__lt=day).exclude(person__in=running)
    case = past.order_by("pk").select_related("person").first()
    if case is None:
        return
    told = NotesWords(Theme.ABSTINENCE, ROOM, "", "自己来的，想说说话。")
    with on_day(day, 17):
        record_session(
            person=case.person, by=worker, client_uuid=_key("asked"), kind=Kind.PERSON,
            who=HERSELF, asked=True, told=told,
            occurred_at=datetime.combine(day, time(10), SHANGHAI),
        )  # fmt: skip


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-counselling-{what}")
