"""Breaches in every stage: recorded, heard, decided, answered; and a report to the police."""

from datetime import date, timedelta

from apps.breaches.codes import BreachKind, ResponseKind
from apps.breaches.models import Breach
from apps.breaches.services import hear_person, record_breach, respond_to_breach
from apps.cases.codes import Ground, Reply
from apps.cases.models import PoliceReport
from apps.cases.services import propose_police_report, record_reply
from apps.demo.clock import on_day
from apps.demo.stories.scene import Scene, decide

REFUSED = "到达现场后拒绝提供尿样，经工作人员说明后仍未配合。"
LEFT = "未作书面报告离开本市，期间电话联系不上，返回后由家人告知去向。"
SAID_REFUSED = "当天刚下夜班，情绪不好，愿意另约时间检测。"
SAID_LEFT = "在外地帮亲戚收割，手机掉水里了，不知道要书面报告。"


def _record(scene: Scene, kind: BreachKind, back: int, days: int = 1, facts: str = "") -> Breach:
    """What happened, entered on the day after it."""
    first = scene.back(back)
    last = first + timedelta(days=days - 1)
    with on_day(last + timedelta(days=1)):
        return record_breach(
            case=scene.case, by=scene.worker, client_uuid=scene.uuid(f"breach-{back}"), kind=kind,
            on=first, until=last if days > 1 else None,
            facts=facts or (LEFT if kind == BreachKind.LEFT else REFUSED),
        )  # fmt: skip


def _hear(scene: Scene, breach: Breach, said: str = "") -> date:
    """Two days later; the person's own words."""
    on = breach.ends_on + timedelta(days=2)
    said = said or (SAID_LEFT if breach.kind == BreachKind.LEFT else SAID_REFUSED)
    with on_day(on):
        hear_person(breach=breach, by=scene.worker, on=on, said=said)
    return on


def _confirm(scene: Scene, breach: Breach) -> date:
    on = _hear(scene, breach) + timedelta(days=1)
    decide(breach.public_id, scene.chief, on, why="事实清楚，本人已陈述，予以确认。")
    breach.refresh_from_db()
    return on


def _answer(scene: Scene, breach: Breach, kind: ResponseKind, on: date, words: str) -> None:
    with on_day(on, 17):
        respond_to_breach(
            breach=breach, by=scene.worker, client_uuid=scene.uuid(f"response-{breach.starts_on}"),
            kind=kind, on=on, words=words,
        )  # fmt: skip


def spoken_to(scene: Scene) -> None:
    """Confirmed, and answered by an interview."""
    breach = _record(scene, BreachKind.TEST_REFUSED, 34)
    on = _confirm(scene, breach) + timedelta(days=1)
    _answer(scene, breach, ResponseKind.EDUCATION, on, "按约定时间接受检测，有困难提前打电话商量。")


def admonished(scene: Scene) -> None:
    """Away for four days without report; an admonition by letter."""
    breach = _record(scene, BreachKind.LEFT, 42, days=4)
    on = _confirm(scene, breach) + timedelta(days=1)
    _answer(scene, breach, ResponseKind.ADMONITION, on, "离开本市三日以上的，事先作书面报告。")


def warned(scene: Scene) -> None:
    """A second time: the letter of the second level names the first."""
    first = _record(
        scene, BreachKind.TEST_EVADED, 110, facts="约定检测当天未到，次日说明是有意避开。"
    )
    on = _confirm(scene, first) + timedelta(days=1)
    _answer(scene, first, ResponseKind.ADMONITION, on, "按约定时间接受检测。")
    second = _record(scene, BreachKind.TEST_REFUSED, 40)
    on = _confirm(scene, second) + timedelta(days=2)
    _answer(scene, second, ResponseKind.WARNING, on, "下次检测按时到场；与专职工作人员商定时间。")


def believed(scene: Scene) -> None:
    """Heard, and not confirmed: it stays readable and never counts."""
    breach = _record(scene, BreachKind.LEFT, 26, days=3)
    on = _hear(scene, breach, "送母亲到省人民医院住院，当晚就告诉了村干部，有住院单。")
    decide(breach.public_id, scene.chief, on + timedelta(days=1), no="陪护住院属实，已补书面报告。")


def to_be_heard(scene: Scene) -> None:
    """Recorded yesterday: nobody has spoken to the person yet."""
    _record(scene, BreachKind.TEST_REFUSED, 2)


def to_be_decided(scene: Scene) -> None:
    """Heard, and waiting in the inbox."""
    _hear(scene, _record(scene, BreachKind.LEFT, 12, days=5))


def not_to_be_found(scene: Scene) -> None:
    """Nobody could hear the person yet: what was tried is on file, and the entry waits."""
    breach = _record(scene, BreachKind.TEST_EVADED, 9, facts="约定检测当天未到场，也未联系说明。")
    on = breach.ends_on + timedelta(days=4)
    with on_day(on):
        hear_person(
            breach=breach, by=scene.worker, on=on, not_heard_why="多次联系未果",
            attempts="三次拨打电话无人接听，两次上门未遇，已请家属转告",
        )  # fmt: skip


def serious(scene: Scene) -> None:
    """Three tests refused: the office reports, and the police answer that the order goes on."""
    for back, kind in ((100, ResponseKind.EDUCATION), (70, ResponseKind.ADMONITION), (36, None)):
        breach = _record(scene, BreachKind.TEST_REFUSED, back)
        on = _confirm(scene, breach)
        if kind:
            _answer(scene, breach, kind, on + timedelta(days=1), "按约定时间接受检测。")
    report = _report(scene, Ground.SERIOUS, on + timedelta(days=2), breach.starts_on)
    decide(report.public_id, scene.chief, on + timedelta(days=3))
    answered = on + timedelta(days=16)
    with on_day(answered):
        record_reply(
            report=report, by=scene.chief, on=answered, outcome=Reply.WARNED,
            number=f"琼公（禁）复〔{answered.year}〕12号",
            note="已训诫，社区戒毒（康复）继续执行。",
        )  # fmt: skip


def reported(scene: Scene) -> None:
    """Three times again; the police have not answered yet."""
    for back in (90, 60, 30):
        on = _confirm(scene, _record(scene, BreachKind.TEST_REFUSED, back))
    report = _report(scene, Ground.SERIOUS, on + timedelta(days=1), scene.back(30))
    decide(report.public_id, scene.chief, on + timedelta(days=2))


def to_be_reported(scene: Scene) -> None:
    """The worker proposes; the supervisor has it in the inbox."""
    for back in (80, 50, 20):
        _confirm(scene, _record(scene, BreachKind.TEST_REFUSED, back))
    _report(scene, Ground.SERIOUS, scene.back(2), scene.back(20))


def _report(scene: Scene, ground: Ground, on: date, happened: date) -> PoliceReport:
    with on_day(on):
        return propose_police_report(
            case=scene.case, by=scene.worker, ground=ground, happened_on=happened,
            facts="经逐次核实并确认，拒绝接受检测已达三次，批评教育和书面劝诫后仍未配合。",
            heard="本人承认未配合，称近期情绪低落，愿意接受检测和心理辅导。",
        )  # fmt: skip


def never_came(scene: Scene) -> None:
    """Not reported in time: tried, and proposed to be reported to the police."""
    _overdue(scene)


def never_came_at_all(scene: Scene) -> None:
    """The same, and approved on the day."""
    report = _overdue(scene)
    decide(report.public_id, scene.chief, scene.day - timedelta(days=1))


def _overdue(scene: Scene) -> PoliceReport:
    on = scene.day - timedelta(days=1)
    with on_day(on):
        return propose_police_report(
            case=scene.case, by=scene.worker, ground=Ground.OVERDUE, happened_on=on,
            facts="期满前后四次电话联系、两次上门，本人未报到，未说明正当理由。",
            heard="家属转达：本人在外地务工，下月才回；电话中本人未说明理由。",
        )  # fmt: skip
