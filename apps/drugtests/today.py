"""What waits with a sample: a result to be told, an objection, a decision, a date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, F, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.records import every
from apps.core.text import day_text
from apps.drugtests.chain import Waiting
from apps.drugtests.models import Dossier
from apps.persons.querysets import dead_by
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

TELL, ANSWER, DECIDE, DESTROY = "test-tell", "test-answer", "test-decide", "sample-destroy"
SEAL, SEND, AWAIT = "sample-seal", "sample-send", "sample-await"
LINES: Final = {
    Waiting.TELL: TELL, Waiting.ANSWER: ANSWER, Waiting.SEAL: SEAL, Waiting.SEND: SEND,
    Waiting.AWAIT: AWAIT, Waiting.DECIDE: DECIDE, Waiting.KEEP: DESTROY,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMany:
    """Lines that another subject brings in one for many samples: `which` of those that wait."""

    which: Callable[[Scope], Q]


def waiting(scope: Scope) -> Any:
    """Dossiers that wait, with their line and its day. Of who has died only the sample is left to
    see to.
    """
    dead = dead_by(scope.day)
    at_its_date = (Q(waits_for=Waiting.KEEP) | dead) & Q(keep_until__lt=scope.day)
    rows = scope.of(Dossier).exclude(waits_for="").filter(test__withdrawn_at=None)
    rows = rows.filter(at_its_date | ~(Q(waits_for=Waiting.KEEP) | dead))
    kind = Case(
        When(at_its_date, then=text(DESTROY)),
        *(When(waits_for=what, then=text(line)) for what, line in LINES.items()),
    )
    on = Case(When(at_its_date, then=F("keep_until")), default=F("waits_until"))
    return rows.annotate(waits_as=kind, waits_on=on)


def _rows(scope: Scope) -> Any:
    """Under the address of their tests."""
    rows = waiting(scope)
    for part in every(OfMany):
        rows = rows.filter(~part.which(scope))
    return shaped(rows, F("waits_as"), F("waits_on"), sorted_as=F("person__sort_key"))


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _says(words: Promise) -> Callable[[OtherHead], str]:
    return lambda head: words % {"day": day_text(head.due_on)}


def _explains(words: Promise) -> Callable[[OtherHead, User], tuple[list[str], str]]:
    return lambda _head, _user: ([str(words)], str(_("Rules on drug testing procedure")))


OPEN = pgettext_lazy("button", "Open")
PARTS: Final = (
    WaitingRows(kinds=tuple(LINES.values()), rows=_rows, head=_head),
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
        kind=SEAL, title=gettext_lazy("Sample to be sealed"), url_name="drugtests:detail",
        permission=Permission.CHECKIN_LOG, act=OPEN,
        why=_says(gettext_lazy("Since %(day)s: sealed by two people as A and B, and stored")),
        explain=_explains(gettext_lazy("A test of a laboratory, and one that was not negative on \
the spot, goes the whole way of a sample.")),
    ),
    Line(
        kind=SEND, title=gettext_lazy("Sample to be sent"), url_name="drugtests:detail",
        permission=Permission.CHECKIN_LOG, act=OPEN,
        why=_says(gettext_lazy("Sealed, and to be sent by %(day)s")),
        explain=_explains(gettext_lazy("A sealed sample is sent within three days.")),
    ),
    Line(
        kind=AWAIT, title=gettext_lazy("Laboratory result awaited"), url_name="drugtests:detail",
        permission=Permission.CHECKIN_LOG, act=OPEN,
        why=_says(gettext_lazy("Sent; the laboratory answers by %(day)s")),
        explain=_explains(gettext_lazy("A laboratory has three days from the arrival on, and five \
for a re-test.")),
    ),
    Line(
        kind=DECIDE, title=gettext_lazy("Test to be decided"), url_name="drugtests:detail",
        permission=Permission.TEST_DECIDE, act=OPEN,
        why=_says(gettext_lazy("Positive at the laboratory, told; to be decided from %(day)s on")),
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
