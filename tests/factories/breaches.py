"""Breaches as the services make them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve, reject
from apps.breaches.models import Breach
from apps.breaches.services import hear_person, record_breach
from apps.cases.models import Case
from apps.core.days import today

REASON = "事实清楚，本人已陈述"


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def recorded(case: Case, by: User, **facts: Any) -> Breach:
    """A refused test of ten days ago."""
    facts = {
        "client_uuid": uuid4(), "kind": "test_refused", "on": days_ago(10),
        "facts": "通知检测后当面表示拒绝",
    } | facts  # fmt: skip
    return record_breach(case=case, by=by, **facts)


def heard(breach: Breach, by: User, **facts: Any) -> Breach:
    facts = {"on": today(), "said": "那天在船上，回不来"} | facts
    return hear_person(breach=breach, by=by, **facts)


def waiting(breach: Breach) -> Proposal:
    return Proposal.objects.waiting().get(subject=breach.public_id)


def confirmed(case: Case, by: User, officer: User, **facts: Any) -> Breach:
    breach = heard(recorded(case, by, **facts), by)
    approve(proposal=waiting(breach), by=officer, reason=REASON)
    breach.refresh_from_db()
    return breach


def not_confirmed(case: Case, by: User, officer: User, **facts: Any) -> Breach:
    breach = heard(recorded(case, by, **facts), by)
    reject(proposal=waiting(breach), by=officer, reason="出海作业属实")
    breach.refresh_from_db()
    return breach
