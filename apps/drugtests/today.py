"""What waits with a sample: a result to be told, an objection to be answered, a date."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.text import day_text
from apps.core.timeline import day_of
from apps.drugtests.chain import ANSWERS, OBJECTIONS, RESULTS, TELLINGS, StepKind
from apps.drugtests.models import DrugTest, Step
from apps.law.current import number_on
from apps.law.parameters import Parameter
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

TELL, ANSWER, DESTROY = "test-tell", "test-answer", "sample-destroy"


def _standing(dossier: str) -> Any:
    return Step.objects.filter(dossier=OuterRef(dossier), withdrawn_at=None)


def _without(pairs: Any) -> Q:
    """Steps whose answer has not come."""
    waiting = (
        Q(~Exists(_standing("dossier").filter(kind=then)), kind=first) for first, then in pairs
    )
    return reduce(or_, waiting)


def _rows(scope: Scope) -> Any:
    """Tests whose sample waits; the oldest of several things is the line."""
    tests = scope.of(DrugTest).filter(withdrawn_at=None, dossier__isnull=False)
    mine = _standing("dossier__pk")
    untold = mine.filter(_without(zip(RESULTS, TELLINGS, strict=True))).order_by("at")
    asked = mine.filter(_without(zip(OBJECTIONS, ANSWERS, strict=True))).order_by("at")
    ended = Exists(mine.filter(kind=StepKind.DESTROYED))
    rows = tests.annotate(
        asked_on=Subquery(asked.values(on=day_of("at"))[:1]),
        found_on=Subquery(untold.values(on=day_of("at"))[:1]),
        kept_on=Case(When(~ended, then=F("dossier__keep_until"))),
    )
    rows = rows.filter(
        Q(asked_on__isnull=False) | Q(found_on__isnull=False) | Q(kept_on__lte=scope.day)
    )
    days = number_on(Parameter.ANSWER_DAYS, "asked_on")
    answer_by = ExpressionWrapper(F("asked_on") + days, output_field=DateField())
    kind = Case(
        When(asked_on__isnull=False, then=text(ANSWER)),
        When(found_on__isnull=False, then=text(TELL)),
        default=text(DESTROY),
    )
    return shaped(
        rows, kind, Coalesce(answer_by, "found_on", "kept_on"), sorted_as=F("person__sort_key")
    )


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _says(words: Promise) -> Callable[[OtherHead], str]:
    return lambda head: words % {"day": day_text(head.due_on)}


def _explains(words: Promise) -> Callable[[OtherHead, User], tuple[list[str], str]]:
    return lambda _head, _user: ([str(words)], str(_("Rules on drug testing procedure")))


OPEN = pgettext_lazy("button", "Open")
PARTS: Final = (
    WaitingRows(kinds=(TELL, ANSWER, DESTROY), rows=_rows, head=_head),
    Line(
        kind=TELL, title=gettext_lazy("Result of a test"), url_name="drugtests:detail", act=OPEN,
        permission=Permission.CHECKIN_LOG, with_person=True,
        why=_says(gettext_lazy("Known since %(day)s; tell the person, who can then object")),
        explain=_explains(gettext_lazy("A result is told at once, and the telling is signed.")),
    ),
    Line(
        kind=ANSWER, title=gettext_lazy("Objection to a test"), url_name="drugtests:detail",
        permission=Permission.TEST_DECIDE, act=OPEN,
        why=_says(gettext_lazy("The person objects; answered by %(day)s")),
        explain=_explains(gettext_lazy("The days to answer count from the day after it.")),
    ),
    Line(
        kind=DESTROY, title=gettext_lazy("Sample at its date"), url_name="drugtests:detail",
        permission=Permission.TEST_DECIDE, act=OPEN,
        why=_says(gettext_lazy("Kept until %(day)s; destroyed by two people, if nothing is open")),
        explain=_explains(gettext_lazy("A sealed sample is kept for months, longer in a dispute.")),
    ),
)  # fmt: skip
