"""Expected releases as lines of Today: to be received, then to open the file."""

from datetime import date
from typing import Any, Final

from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.text import day_text
from apps.intake.models import Release
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

RELEASE, OPEN_FILE = "release", "open-file"


def _rows(scope: Scope) -> Any:
    """Until the file is open; then the order awaits its report, which is a step of its own."""
    rows = scope.of(Release).not_over().filter(file=None)
    step = Case(When(received_on=None, then=text(RELEASE)), default=text(OPEN_FILE))
    place = Concat("town__name", Value(" "), Coalesce("village__name", Value("")))
    return shaped(
        rows, step, Coalesce("received_on", "expected_on"), person_pk=Value(0),
        sorted_as=F("name"), line_words=F("institution"), line_name=F("name"), line_place=place,
    )  # fmt: skip


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _received(head: OtherHead) -> str:
    facts = {"day": day_text(head.due_on), "words": head.words}
    return _("From %(words)s on %(day)s; record the reception") % facts


def _opened(head: OtherHead) -> str:
    return _("Received on %(day)s; open the file") % {"day": day_text(head.due_on)}


def _explain(_head: OtherHead, _user: User) -> tuple[list[str], str]:
    basis = _("Drug Rehabilitation Regulation, arts. 34 and 37")
    return [_("Counted to the day of which the institution has given notice.")], basis


FACTS: Final[dict[str, Any]] = {
    "title": gettext_lazy("Expected release"),
    "url_name": "intake:release",
    "permission": Permission.PERSON_CREATE,
    "act": pgettext_lazy("button", "Open"),
    "explain": _explain,
}
PARTS: Final = (
    WaitingRows(kinds=(RELEASE, OPEN_FILE), rows=_rows, head=_head),
    Line(kind=RELEASE, why=_received, **FACTS),
    Line(kind=OPEN_FILE, why=_opened, **FACTS),
)
