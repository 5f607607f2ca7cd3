"""Changes of the place of execution in every stage (条例 art. 22)."""

from datetime import date, timedelta

from apps.accounts.models import User
from apps.areas.models import Area
from apps.demo.clock import on_day
from apps.demo.stories.scene import Scene, decide
from apps.transfers.models import Transfer
from apps.transfers.services import (
    accept_transfer,
    ask_transfer,
    hand_over,
    record_arrival,
    sign_new_agreement,
)

WHY = "在新的镇上找到长期工作，已租房居住。"


def _ask(scene: Scene, back: int) -> Transfer:
    with on_day(scene.back(back)):
        return ask_transfer(
            case=scene.case, by=scene.worker, client_uuid=scene.uuid("transfer"),
            area=scene.other_town, on=scene.back(back), reason=WHY, new_residence="新街12号",
        )  # fmt: skip


def _hand_over(scene: Scene, back: int) -> Transfer:
    transfer = _ask(scene, back)
    with on_day(scene.back(back - 1)):
        return hand_over(transfer=transfer, by=scene.chief)


def asked(scene: Scene) -> None:
    _ask(scene, 2)


def handed_over(scene: Scene) -> None:
    """The letter is out; the other town has it in its inbox."""
    _hand_over(scene, 5)


def sent_back(scene: Scene) -> None:
    transfer = _hand_over(scene, 31)
    decide(
        transfer.public_id,
        scene.other,
        scene.back(27),
        no="新住址为临时工棚，无固定住所，暂不符合变更条件，请继续由原单位执行。",
    )


def arrived(scene: Scene) -> None:
    """Accepted, reported at the new place, agreed anew."""
    on = _accept(scene, back=44)
    transfer = Transfer.objects.get(case=scene.case)
    for step, days in ((record_arrival, 5), (sign_new_agreement, 7)):
        with on_day(on + timedelta(days=days)):
            step(transfer=transfer, by=scene.other, on=on + timedelta(days=days))


def awaited(scene: Scene) -> None:
    """Accepted four days ago; the person has not come to the new place yet."""
    _accept(scene, back=8)


def late(scene: Scene) -> None:
    """Accepted, and the fifteen days to report have passed."""
    _accept(scene, back=30)


def _accept(scene: Scene, back: int) -> date:
    transfer = _hand_over(scene, back)
    on = scene.back(back - 4)
    with on_day(on):
        accept_transfer(
            transfer=transfer,
            by=scene.other,
            worker=_worker_of(scene.other_town),
            reason="材料齐全，同意接收。",
        )
    return on


def _worker_of(town: Area) -> User:
    found: User = User.objects.filter(area=town, role="worker").order_by("username")[0]
    return found
