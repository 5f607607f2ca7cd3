"""Rows of the world of the matrix about files that leave and arrive."""

from functools import cached_property

from django.utils import timezone

from apps.accounts.models import User
from apps.core.days import today
from apps.core.fields import uuid7
from apps.handover.models import Arrival, Package
from apps.handover.services import make_package, receive_package, reject_arrival
from apps.handover.services.sending import Sealed
from apps.transfers.services import ask_transfer, hand_over
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.pages import running_case


class HandoverRows:
    """Made when an address names them."""

    @cached_property
    def own_package(self) -> Package:
        """Of the world's person; the world's own transfer would stand in the way of others."""
        return Package.objects.create(
            person=self.person, transfer=self.package.transfer, reason="迁往外地", sha256="0" * 64,
            size=1, content=b"1", receipt_key="k", made_by=self.by, **self.place,
        )  # type: ignore[attr-defined]  # fmt: skip

    @cached_property
    def own_arrival(self) -> Arrival:
        moment = timezone.now()
        return Arrival.objects.create(
            package=uuid7(), person=self.person, from_words="另一单位", made_by="王干事",
            made_at=moment, sha256="0" * 64, content=b"1", receipt_key="k", recorded_by=self.by,
            state="accepted", decided_at=moment, decided_by=self.by, decision_reason="核对无误",
            **self.place,
        )  # type: ignore[attr-defined]  # fmt: skip

    @cached_property
    def package(self) -> Package:
        return self._sealed.package

    @cached_property
    def arrival(self) -> Arrival:
        return self._arrived()

    @cached_property
    def refused_arrival(self) -> Arrival:
        taker: User = UserFactory(town_supervisor=True, area=area(WENCHENG))
        return reject_arrival(arrival=self._arrived(), by=taker, reason="该人不在本镇居住，退回")

    def _arrived(self) -> Arrival:
        taker: User = UserFactory(town_supervisor=True, area=area(WENCHENG))
        return receive_package(
            content=bytes(self._sealed.package.content), phrase=self._sealed.phrase,
            area=area(WENCHENG), by=taker,
        )  # fmt: skip

    @cached_property
    def _sealed(self) -> Sealed:
        """Of a person of their own: the world's other rows stay where they are."""
        boss: User = UserFactory(town_supervisor=True)
        worker: User = self.users["worker"]  # type: ignore[attr-defined]
        transfer = ask_transfer(
            case=running_case(worker, days=100), by=boss, client_uuid=uuid7(),
            area=area(WENCHENG), on=today(), reason="迁居文昌，就近执行",
        )  # fmt: skip
        hand_over(transfer=transfer, by=boss)
        return make_package(transfer=transfer, by=boss, reason="迁往另一系统管辖的乡镇")
