"""What no order may become, whoever writes it."""

from datetime import date
from typing import Any, Final

from django.db.models import BigIntegerField, DateField, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.cases import rules
from apps.cases.codes import CaseState, Measure
from apps.cases.law import Step, article_of
from apps.cases.models import Case
from apps.core.days import today
from apps.core.prepared import Prepared, Slot
from apps.core.refusals import Refused
from apps.core.text import full_day

DATES: Final = ("decided_on", "received_on", "reported_on", "agreement_on", "plan_on")


def refuse_after_end(case: Case, on: date) -> None:
    """Nothing is asked of the person after the last day (条例 arts. 23, 40)."""
    if rules.state_with(case, set(), on) == CaseState.EXPIRED:
        raise Refused(
            _("The term ended on %(day)s; nothing is asked of the person any more.")
            % {"day": full_day(rules.last_day_of_term(case))},
            article_of(Step.RELEASE, case.measure),
        )


def _refuse_two_at_once(case: Case) -> None:
    """The term counts from the report: it does not begin while another order is in force.

    Asked when a report is recorded or moved; what an office has brought along can be put right.
    """
    if case.reported_on is None or case.closed_on is not None:
        return
    known = Case.objects.filter(pk=case.pk, reported_on=case.reported_on)
    if case.pk is not None and known.exists():
        return
    running = _RUNNING.rows(person=case.person_id, day=case.reported_on, but=case.pk or 0)
    for other in running:
        raise Refused(
            _("Another order is in force on %(day)s: %(order)s. It ends first.")
            % {"day": full_day(case.reported_on), "order": other},
            field="reported_on",
        )


def refuse_impossible(case: Case, *, is_only: bool = False) -> None:
    """What no calendar allows; the order of the dates is kept by the database. `is_only`: the
    person was not on file, and has no other order.
    """
    now = today()
    for name in (*DATES, "closed_on"):
        day = getattr(case, name)
        if day is not None and day > now:
            label = getattr(Case._meta.get_field(name), "verbose_name", name)
            raise Refused(_("%(field)s: the day lies in the future.") % {"field": capfirst(label)})
    if case.measure not in Measure.values:
        raise Refused(_("Choose detoxification or rehabilitation in the community."))
    if not is_only:
        _refuse_two_at_once(case)
    if case.measure == Measure.SQJD and case.agreement_on and not case.reported_on:
        raise Refused(
            _("The agreement follows the report: record the report first."),
            article_of(Step.AGREEMENT, case.measure),
        )


def _running() -> Any:
    """Of a person on a day, but for one that is looked at; the last first."""
    person, day = Slot("person", BigIntegerField()), Slot("day", DateField())
    rows = Case.objects.filter(person_id=person, in_force_from__lte=day)
    rows = rows.exclude(pk=Slot("but", BigIntegerField()))
    rows = rows.filter(Q(duties_end_on=None) | Q(duties_end_on__gte=day))
    return rows.order_by("-in_force_from")[:1]


# Written once: each order of a ledger asks it.
_RUNNING: Final = Prepared(_running)
