"""One office on one day: a worker's caseload in many states, all of it invented."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.codes import LevelSource, Measure, RiskLevel
from apps.cases.models import Case
from apps.cases.services import report_leave, set_risk_level
from apps.core.days import today
from apps.needs.services import record_need, refer_need
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import (
    AssignmentFactory,
    ContactFactory,
    PersonFactory,
    resident_number,
)
from tests.factories.schedule import seen

NAMES = [
    "陈海生",
    "黄小燕",
    "吴志诚",
    "符启明",
    "林春妹",
    "何永福",
    "莫秋月",
    "李国兴",
    "蔡文达",
    "卢家栋",
    "冯丽珠",
    "欧阿强",
]
VILLAGES = ("469002100001", "469002100200")


@dataclass
class Story:
    worker: User
    supervisor: User
    cases: list[Case] = field(default_factory=list)

    @property
    def first(self) -> Case:
        return self.cases[0]


def told() -> Story:
    """Twelve persons of the worker, two more whom nobody looks after."""
    area(QIONGHAI)
    story = Story(
        UserFactory(name="周晓岚", username="zhouxiaolan"),
        UserFactory(county_supervisor=True, name="符海宁", username="fuhaining"),
    )
    for number, name in enumerate(NAMES):
        story.cases.append(_case(story, number, name))
    ContactFactory(person=story.first.person, name="陈母")
    for number, name in enumerate(["许明辉", "王秀莲"], 20):
        CaseFactory(person=_person(name, number), reported_on=_ago(40), agreement_on=_ago(38))
    _events(story)
    return story


def _ago(days: int) -> date:
    return today() - timedelta(days=days)


def _person(name: str, number: int) -> object:
    village = Area.objects.get(code=VILLAGES[number % 2])
    sex = "2" if name[-1] in "燕妹月珠莲" else "1"
    return PersonFactory(
        name=name,
        area=village,
        document_number=resident_number(number + 1, sex=sex),
        call_note="工作时间勿致电单位" if number % 6 == 0 else "",
    )


def _case(story: Story, number: int, name: str) -> Case:
    days = 405 + 37 * number
    case: Case = CaseFactory(
        person=_person(name, number),
        measure=Measure.SQKF if number % 4 == 3 else Measure.SQJD,
        decided_on=_ago(days + 12),
        received_on=_ago(days + 10),
        reported_on=_ago(days),
        agreement_on=_ago(days),
        brought_in_on=_ago(15),
    )
    AssignmentFactory(person=case.person, worker=story.worker, on=_ago(days))
    if number % 5 != 4:
        risk_level = (RiskLevel.MEDIUM, RiskLevel.MEDIUM, RiskLevel.HIGH, RiskLevel.LOW)[number % 4]
        set_risk_level(
            person=case.person,
            risk_level=risk_level,
            source=LevelSource.ASSESSED,
            by=story.supervisor,
            on=_ago(41),
            reason="半年内 1 次未到，工作不稳；家人支持",
        )
    for back in range(120 + number, 3 + 5 * (number % 4), -13):
        method = "phone" if back % 3 == 0 else "in_person"
        seen(case, _ago(back), by=story.worker, method=method, note="情绪平稳，在找固定工作")
    return case


def _events(story: Story) -> None:
    first, second = story.cases[:2]
    needs = [
        record_need(
            urgency="normal",
            said_by="person",
            person=first.person,
            by=story.worker,
            kind=kind,
            said_on=_ago(20),
            words=words,
        )
        for kind, words in (("work", "想找离家近的固定工作"), ("living", "缺收入证明"))
    ]
    refer_need(need=needs[1], by=story.worker, to="嘉积镇民政办", on=_ago(12))
    seen(
        story.cases[10],
        today(),
        "00:02",
        by=story.worker,
        method="in_person",
        outcome="not_done",
        reason="away",
        next_on=today() + timedelta(days=2),
    )
    report_leave(
        case=second,
        by=story.worker,
        starts_on=_ago(2),
        until_on=today() + timedelta(days=5),
        destination="三亚",
        reported_in_writing_on=_ago(3),
    )
    seen(story.cases[3], today(), "00:01", by=story.worker)
