"""Why a line of Today that is no window is here: rule, arithmetic of its day, article."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext as _, ngettext

from apps.accounts.models import User
from apps.cases.models import Case, Leave, PoliceReport
from apps.cases.next_steps import REPLY, RETURN, made_step
from apps.cases.order_cards import orders_of
from apps.core.text import day_text
from apps.needs.models import Need, Urgency
from apps.needs.today import REFER_WITHIN, need_heads, open_needs
from apps.persons.models import Person
from apps.schedule.due_words import late_words, left_words
from apps.schedule.reasons import Why
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import OtherHead
from apps.workbench.declared_lines import OtherRow, few_heads_on, other_heads_on
from apps.workbench.need_lines import NeedRow
from apps.workbench.order_lines import OF_ORDERS, StepHead, StepRow, step_heads_on
from apps.workbench.today import AnyHead, whole_rows

NEED = "need"
# Whose public id the line of a step carries, where it is not that of the order.
ROWS: dict[str, type[Model]] = {RETURN: Leave, REPLY: PoliceReport}


@dataclass(frozen=True, slots=True)
class Explained:
    """The line and its reason. Before there is a file `person` is None."""

    row: NeedRow | StepRow | OtherRow
    why: Why

    @property
    def person(self) -> Person | None:
        return self.row.person

    @property
    def seen(self) -> list[Any]:
        """For the log."""
        return self.row.seen if isinstance(self.row, OtherRow) else [self.row.person]

    @property
    def name(self) -> str:
        return self.row.person.name if isinstance(self.row, NeedRow) else self.row.name


def explained(user: User, day: date, kind: str, row_id: UUID) -> Explained:
    """Of a line in the user's scope; 404 for a line that does not stand."""
    head = _head(user, day, kind, row_id)
    if head is None:
        raise Http404
    [row] = whole_rows([head], day)
    assert isinstance(row, NeedRow | StepRow | OtherRow)  # noqa: S101 - no window is asked for
    why = _why(row, user, day)
    why.arithmetic.append(_today(row.head.due_on, day))
    return Explained(row, why)


def _head(user: User, day: date, kind: str, row_id: UUID) -> AnyHead | None:
    scope = Scope(user, day)
    if kind == NEED:
        asked = Need.objects.visible_to(user).filter(public_id=row_id)
        return next(iter(need_heads(open_needs(asked, day), day)), None)
    found: list[StepHead | OtherHead]
    if kind in OF_ORDERS:
        found = [*step_heads_on(scope)]
    else:
        found = [*few_heads_on(scope), *other_heads_on(scope)]
    mine = (head for head in found if head.row_id == row_id and head.kind == kind)
    return next(mine, None)


def _why(row: NeedRow | StepRow | OtherRow, user: User, day: date) -> Why:
    if isinstance(row, NeedRow):
        return _of_need(row)
    if isinstance(row, StepRow):
        return _of_step(row, user, day)
    arithmetic, basis = row.declared.explain(row.head, user)
    return Why(row.why, arithmetic, basis)


def _today(due_on: date, day: date) -> str:
    left = (due_on - day).days
    words = late_words(-left) if left < 0 else left_words(left) if left else _("its day")
    return _("Its day is %(due)s; today is %(today)s: %(words)s.") % {
        "due": day_text(due_on),
        "today": day_text(day),
        "words": words,
    }


def _of_need(row: NeedRow) -> Why:
    days = REFER_WITHIN[Urgency(row.need.urgency)]
    within = ngettext(
        "%(urgency)s: a need is passed on within %(n)s day.",
        "%(urgency)s: a need is passed on within %(n)s days.",
        days,
    )
    said = _("Said on %(day)s.") % {"day": day_text(row.need.said_on)}
    basis = _(
        "Drug Rehabilitation Regulation, arts. 18 and 39: help is a duty of the office; the days "
        "are set by this product"
    )
    urgency = row.need.get_urgency_display()
    return Why(within % {"urgency": urgency, "n": days}, [said], basis)


def _of_step(row: StepRow, user: User, day: date) -> Why:
    found: Any = ROWS.get(row.head.step, Case)._default_manager.get(public_id=row.head.row_id)
    case_id = found.pk if isinstance(found, Case) else found.case_id
    order = next(order for order in orders_of(row.person, user, day) if order.case.pk == case_id)
    step = made_step(order.course, row.head.step)
    return Why(row.why, [step.why] if step else [], str(step.article) if step else "")
