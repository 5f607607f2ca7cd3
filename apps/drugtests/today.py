"""What waits with a sample: a result to be told, an objection, a decision, a date."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import Case, DateField, ExpressionWrapper, F, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.text import day_text
from apps.drugtests.chain import Waiting
from apps.drugtests.models import Dossier
from apps.law.current import number_on
from apps.law.parameters import Parameter
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

TELL, ANSWER, DECIDE, DESTROY = "test-tell", "test-answer", "test-decide", "sample-destroy"
LINES: Final = {
    Waiting.TELL: TELL, Waiting.ANSWER: ANSWER, Waiting.DECIDE: DECIDE, Waiting.KEEP: DESTROY,
}  # fmt: skip


def _rows(scope: Scope) -> Any:
    """Dossiers that wait, under the address of their tests."""
    waiting = Q(waits_for__in=(Waiting.TELL, Waiting.ANSWER, Waiting.DECIDE))
    at_its_date = Q(waits_for=Waiting.KEEP, keep_until__lt=scope.day)
    rows = scope.of(Dossier).exclude(waits_for="").filter(waiting | at_its_date)
    rows = rows.filter(test__withdrawn_at=None)
    answer_by, object_by = (
        ExpressionWrapper(F("waits_since") + number_on(days, "waits_since"), DateField())
        for days in (Parameter.ANSWER_DAYS, Parameter.OBJECTION_DAYS)
    )
    kind = Case(*(When(waits_for=what, then=text(line)) for what, line in LINES.items()))
    on = Case(
        When(waits_for=Waiting.ANSWER, then=answer_by),
        # Nobody decides while the person may still object.
        When(waits_for=Waiting.DECIDE, then=object_by),
        When(waits_for=Waiting.KEEP, then=F("keep_until")),
        default=F("waits_since"),
    )
    return shaped(rows, kind, on, sorted_as=F("person__sort_key"))


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _says(words: Promise) -> Callable[[OtherHead], str]:
    return lambda head: words % {"day": day_text(head.due_on)}


def _explains(words: Promise) -> Callable[[OtherHead, User], tuple[list[str], str]]:
    return lambda _head, _user: ([str(words)], str(_("Rules on drug testing procedure")))


OPEN = pgettext_lazy("button", "Open")
PARTS: Final = (
    WaitingRows(kinds=(TELL, ANSWER, DECIDE, DESTROY), rows=_rows, head=_head),
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
        kind=DECIDE, title=gettext_lazy("Test to be decided"), url_name="drugtests:detail",
        permission=Permission.TEST_DECIDE, act=OPEN,
        why=_says(gettext_lazy("Positive at the laboratory; objections until %(day)s")),
        explain=_explains(gettext_lazy("Told and not in dispute: what the police or the office \
decided is written down, and only then may the sample go.")),
    ),
    Line(
        kind=DESTROY, title=gettext_lazy("Sample at its date"), url_name="drugtests:detail",
        permission=Permission.TEST_DECIDE, act=OPEN,
        why=_says(gettext_lazy("Kept until %(day)s; destroyed by two people, if nothing is open")),
        explain=_explains(gettext_lazy("A sealed sample is kept for months, longer in a dispute.")),
    ),
)  # fmt: skip
