"""Maintenance treatment as a worker records it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.core.days import today
from apps.persons.models import Person
from apps.treatment.models import Attendance, Clinic, Treatment
from apps.treatment.rules import last_month
from apps.treatment.services import begin_treatment, open_clinic, record_attendance
from tests.factories.accounts import UserFactory
from tests.factories.areas import area

OPENED = date(2012, 5, 2)


def clinic_of(*, by: User | None = None, **facts: Any) -> Clinic:
    """A centre in the town of the factories, open for years."""
    facts = {
        "client_uuid": uuid4(), "name": "嘉积药物维持治疗中心", "kind": "centre", "area": area(),
        "opened_on": OPENED,
    } | facts  # fmt: skip
    return open_clinic(by=by or UserFactory(town_supervisor=True), **facts)


def station_of(centre: Clinic, *, by: User | None = None, **facts: Any) -> Clinic:
    facts = {"name": "中原自助服务站", "kind": "station", "centre": centre} | facts
    return clinic_of(by=by, **facts)


def known_clinic(**facts: Any) -> Clinic:
    """The one that is on file, or a new one."""
    return Clinic.objects.filter(kind="centre").order_by("pk").first() or clinic_of(**facts)


def treated(person: Person, *, by: User | None = None, days: int = 120, **facts: Any) -> Treatment:
    """With methadone since 120 days, at the person's own wish."""
    first = facts.get("since") or today() - timedelta(days=days)
    facts = {
        "client_uuid": uuid4(), "medicine": "methadone", "since": first, "basis": "signed",
        "consent_on": first,
    } | facts  # fmt: skip
    facts["clinic"] = facts.get("clinic") or known_clinic()
    return begin_treatment(person=person, by=by or UserFactory(), **facts)


def attended(treatment: Treatment, *, by: User | None = None, **facts: Any) -> Attendance:
    """On 24 of 28 days of the month that ended last."""
    facts = {
        "client_uuid": uuid4(), "month": last_month(today()), "attended": 24, "expected": 28,
        "source": "list",
    } | facts  # fmt: skip
    return record_attendance(treatment=treatment, by=by or UserFactory(), **facts)
