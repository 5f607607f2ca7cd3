"""Transfers as the services make them."""

from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.cases.models import Case
from apps.core.days import today
from apps.transfers.models import Transfer
from apps.transfers.services import ask_transfer, hand_over
from tests.factories.areas import area

WENCHENG_VILLAGE = "469005100200"


def asked(case: Case, by: User, code: str = WENCHENG_VILLAGE, **facts: Any) -> Transfer:
    """To 下山村 of the county next door."""
    facts = {
        "client_uuid": uuid4(), "on": today(), "reason": "在当地务工并居住",
        "new_residence": "下山村8号",
    } | facts  # fmt: skip
    return ask_transfer(case=case, by=by, area=area(code), **facts)


def handed_over(case: Case, by: User, boss: User, code: str = WENCHENG_VILLAGE) -> Transfer:
    return hand_over(transfer=asked(case, by, code), by=boss)


def waiting(transfer: Transfer) -> Proposal:
    return Proposal.objects.waiting().get(subject=transfer.public_id)
