"""Turns of a life: held and free again, lost and found, assessed high, told and not content."""

from datetime import timedelta
from typing import Final

from apps.assessments.codes import EventKind, ToldHow
from apps.assessments.models import Assessment
from apps.assessments.services import note_event, record_objection, record_told, set_sealed
from apps.cases.codes import SuspensionReason
from apps.cases.services import resume_case, suspend_case
from apps.demo.assessing import assess
from apps.demo.clock import on_day
from apps.demo.stories.scene import Scene

EVENTS: Final = (
    (EventKind.JOB_LOST, "工地停工，暂时没有收入"),
    (EventKind.BEREAVED, "父亲上月去世"),
    (EventKind.BETTER, "考取电工证，已上岗"),
    (EventKind.CRISIS, "情绪崩溃，说不想活，已陪同就医"),
)


def held(scene: Scene) -> None:
    """Detained for a fortnight; the order rested and goes on."""
    first, free = scene.back(80), scene.back(66)
    with on_day(first):
        rest = suspend_case(
            case=scene.case, by=scene.chief, starts_on=first, reason=SuspensionReason.DETAINED,
            note="行政拘留决定书已附卷",
        )  # fmt: skip
    with on_day(free):
        resume_case(suspension=rest, by=scene.chief, on=free)


def high_waits(scene: Scene) -> None:
    """The worker assessed high; a supervisor decides."""
    with on_day(scene.back(2)):
        assess(scene.person, scene.worker, scene.back(2), "high")


def objects(scene: Scene) -> None:
    """Told, and the person does not agree."""
    told = scene.back(6)
    with on_day(scene.back(9)):
        row = assess(scene.person, scene.worker, scene.back(9), "medium")
    with on_day(told):
        record_told(assessment=row, by=scene.worker, on=told, how=ToldHow.PAPER)
    with on_day(told + timedelta(days=2)):
        record_objection(
            assessment=Assessment.objects.get(pk=row.pk),
            by=scene.worker,
            on=told + timedelta(days=2),
            words="我一直按时来，工作也稳定了，请重新评估。",
        )


def something_happened(scene: Scene) -> None:
    kind, words = EVENTS[scene.sequence % len(EVENTS)]
    with on_day(scene.back(4)):
        note_event(
            person=scene.person, by=scene.worker, kind=kind, on=scene.back(5), words=words,
            client_uuid=scene.uuid("event"),
        )  # fmt: skip


def confided(scene: Scene) -> None:
    """A confidential fact, with the person's agreement, seen on one page only."""
    with on_day(scene.back(50)):
        set_sealed(
            person=scene.person, by=scene.chief, kind="mental", since=scene.back(60),
            agreed_on=scene.back(50), words="本人同意登记，按时复诊",
        )  # fmt: skip
