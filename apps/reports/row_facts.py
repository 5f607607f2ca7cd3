"""What the lists behind the figures say beside their rows: as at the day of the figures."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from apps.persons.models import Assignment
from apps.reports.not_moving import late_on
from apps.visits.contact import last_contact
from apps.visits.facts import ShownFacts, last_contacts, standing_of


def set_facts(rows: Sequence[Any], day: date) -> None:
    """`facts` of the person on every row: last contact, worker, risk level; two queries. Not where
    a column of the row has this name: a report to the police says there what happened.
    """
    rows = [row for row in rows if not hasattr(type(row), "facts")]
    ids = list({getattr(row, "person", row).pk for row in rows})
    seen, standing = last_contacts(ids, day), standing_of(ids, day)
    for row in rows:
        person_id = getattr(row, "person", row).pk
        worker, risk_level, stale = standing[person_id]
        row.facts = ShownFacts(
            last_contact=seen.get(person_id),
            worker=worker,
            risk_level=risk_level,
            level_stale=stale,
        )


def set_lateness(cases: Sequence[Any], day: date) -> None:
    """`late_kind` and `days_late` of the window that has waited longest, `quiet_days`."""
    rows = late_on(day).filter(case_id__in=[case.pk for case in cases])
    oldest = rows.order_by("case_id", "due_on", "pk").distinct("case_id")
    found = {pk: (kind, due) for pk, kind, due in oldest.values_list("case_id", "kind", "due_on")}
    for case in cases:
        case.late_kind, due = found.get(case.pk, ("", day))
        case.days_late = (day - due).days
        since = case.facts.last_contact or case.in_force_from
        case.quiet_days = (day - since).days if since else None


def set_alone(cases: Sequence[Any], day: date) -> None:
    """`alone_since` and `last_worker`: who was responsible last, and until when."""
    over = Assignment.objects.filter(
        person__in=[case.person_id for case in cases], ends_on__lt=day
    ).responsible()
    last = over.order_by("person_id", "-ends_on", "-pk").distinct("person_id")
    found = {row.person_id: row for row in last.select_related("worker")}
    for case in cases:
        before = found.get(case.person_id)
        began = case.brought_in_on or case.received_on or case.decided_on
        ended = before.ends_on if before else None
        case.alone_since = ended + timedelta(days=1) if ended else began
        case.last_worker = before.worker.name if before else ""


def with_first_late(cases: Any, day: date) -> Any:
    """`first_late`, to sort by: the last day of the window that has waited longest."""
    late = late_on(day).filter(case_id=OuterRef("pk")).order_by().values("case_id")
    return cases.annotate(first_late=Subquery(late.annotate(d=Min("due_on")).values("d")))


def with_last_seen(cases: Any, day: date) -> Any:
    """`last_seen`, and `quiet_since` to sort by: whom nobody ever saw is without contact since the
    order is in force, and stands among those who wait longest.
    """
    rows = cases.annotate(last_seen=last_contact("person_id", lte=day))
    return rows.annotate(quiet_since=Coalesce("last_seen", "in_force_from"))
