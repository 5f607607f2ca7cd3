"""A year of visits and interviews that follow from the windows of the plans."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from apps.cases.models import Case
from apps.core.days import SHANGHAI
from apps.demo.lives import ENDED, YEAR
from apps.persons.models import Contact, Person
from apps.schedule.models import DueItem
from apps.visits.codes import MeetingKind, MeetingPlace, MeetingWay
from apps.visits.models import Meeting

STATES: Final = (
    "情绪稳定，精神状态良好",
    "情绪平稳，愿意交谈",
    "精神状态一般，睡眠不好",
    "情绪有些低落，担心找不到工作",
    "状态良好，对以后有打算",
)
FAMILY: Final = ("与父母同住，关系融洽", "妻子支持，孩子上小学", "独居，姐姐常来看望", "")
WORK: Final = ("在家务农，种槟榔", "在镇上打零工", "开三轮车载客", "正在找工作", "")
DIFFICULTY: Final = ("没有稳定收入", "孩子学费压力大", "身体不好，看病花钱", "", "", "")
HELP: Final = ("介绍就业服务中心的岗位信息", "讲解临时救助的申请办法", "鼓励坚持，约好下次见面", "")


def meetings_of(
    case: Case, person: Person, state: str, day: date, rng: Random
) -> Iterator[Meeting]:
    """Most windows are kept; some persons were not met for a while."""
    begun, stops = day - YEAR, day - timedelta(days=1)
    if state not in ENDED and rng.random() < 0.05:
        stops = day - timedelta(days=rng.randrange(20, 50))
    contact = Contact.objects.filter(person=person, withdrawn_on=None).first()
    windows = DueItem.objects.filter(
        case=case, kind__in=MeetingKind.values, due_on__gte=begun, opens_on__lte=day
    ).effective()
    for window in windows.order_by("opens_on", "kind"):
        first, last = max(window.opens_on, begun), min(window.due_on, stops)
        chance = 0.94 if window.due_on < day else 0.35
        if first <= last and rng.random() < chance:
            met_on = first + timedelta(days=rng.randrange((last - first).days + 1))
            yield _meeting(person, window.kind, met_on, contact, rng)


def _meeting(person: Person, kind: str, day: date, contact: Contact | None, rng: Random) -> Meeting:
    moment = datetime.combine(day, time(rng.randrange(9, 18), rng.randrange(60)), SHANGHAI)
    visit = kind == MeetingKind.VISIT
    family = visit and contact is not None and contact.agreed_on <= day and rng.random() < 0.5
    phone = not visit and rng.random() < 0.3
    return Meeting(
        person=person, kind=kind, occurred_at=moment,
        recorded_at=moment + timedelta(minutes=rng.randrange(5, 50)),
        way=MeetingWay.PHONE if phone else MeetingWay.IN_PERSON,
        place=MeetingPlace.HOME if visit else MeetingPlace.REMOTE if phone else MeetingPlace.OFFICE,
        met_person=not (family and rng.random() < 0.2), contact=contact if family else None,
        second_visitor=rng.choice(("村干部", "社区民警", "网格员")) if visit else "",
        state_words=rng.choice(STATES), family_words=rng.choice(FAMILY),
        work_words=rng.choice(WORK), difficulty_words=rng.choice(DIFFICULTY),
        help_words=rng.choice(HELP),
    )  # fmt: skip
