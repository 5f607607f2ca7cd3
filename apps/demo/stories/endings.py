"""After the last day: the notice of release, and the proposal to end control."""

from datetime import timedelta

from apps.cases.codes import Measure
from apps.cases.rules import last_day_of_term
from apps.cases.services import propose_end_of_control, release_case
from apps.demo.clock import on_day
from apps.demo.stories.scene import Scene, decide


def released(scene: Scene) -> bool:
    """The notice of the police came a week after the end; False where it is not there yet."""
    last = last_day_of_term(scene.case)
    if last is None or last + timedelta(days=7) > scene.day:
        return False
    told = last + timedelta(days=6)
    with on_day(told):
        release_case(
            case=scene.case, by=scene.chief, notice_on=last + timedelta(days=2), told_on=told,
            number=f"琼公（禁）解字〔{told.year}〕{scene.sequence:04d}号",
        )  # fmt: skip
    return True


def control_to_end(scene: Scene) -> None:
    """Three years without use: proposed today, and waiting in the inbox."""
    if released(scene) and _three_years(scene):
        propose_end_of_control(
            case=scene.case, by=scene.worker, reason="三年来检测均为阴性，工作和生活稳定。"
        )


def control_ended(scene: Scene) -> None:
    """Proposed and approved the day after the release."""
    if released(scene) and _three_years(scene):
        with on_day(scene.day - timedelta(days=1)):
            waiting = propose_end_of_control(
                case=scene.case, by=scene.worker, reason="三年来检测均为阴性，已就业。"
            )
        decide(waiting.subject, scene.chief, scene.day - timedelta(days=1))


def _three_years(scene: Scene) -> bool:
    return scene.case.measure == Measure.SQJD
