"""Transfers as lines of Today: to be handed over, to be decided, to report after."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area, Level
from apps.core.text import day_text
from apps.schedule.due_lines import LATER, TODAY, state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import WAITING, Line, OtherHead, WaitingRows, shaped, text
from apps.transfers.codes import TransferState
from apps.transfers.law import article_of
from apps.transfers.models import Transfer

HAND_OVER, ACCEPT, ARRIVAL, AGREEMENT = "hand-over", "accept", "arrival", "new-agreement"


def _rows(scope: Scope) -> Any:
    """Asked for: a supervisor hands over. Handed over: the other unit decides. Accepted: the
    person reports there within the days of 条例 art. 22, and signs with the new unit; for the
    sending unit it is over."""
    user, area = scope.user, scope.area
    shown = Transfer.objects.visible_to(user)
    if area is not None:
        shown = shown.filter(_sent_from(area) | _sent_to(area))
    to_us = _sent_to(user.area) if user.area else Q(pk=None)
    rows = (shown.open() | shown.unsigned()).exclude(~to_us, state=TransferState.ACCEPTED)
    step = Case(
        When(state=TransferState.ASKED, then=text(HAND_OVER)),
        When(~to_us, state=TransferState.HANDED_OVER, then=text(WAITING)),
        When(state=TransferState.HANDED_OVER, then=text(ACCEPT)),
        When(arrived_on=None, then=text(ARRIVAL)),
        default=text(AGREEMENT),
    )
    on = Case(
        When(state=TransferState.ASKED, then=F("asked_on")),
        When(state=TransferState.HANDED_OVER, then=F("handed_over_on")),
        default=Coalesce("arrived_on", "report_by"),
    )
    sender, receiver = ("town__name", "county__name"), ("to_village__name", "to_town__name")
    words = Concat(Coalesce(*sender), Value(" → "), Coalesce(*receiver, "to_county__name"))
    return shaped(rows, step, on, line_words=words, village_pk=F("person__village_id"))


def _sent_from(area: Area) -> Q:
    return _inside(area, "")


def _sent_to(area: Area) -> Q:
    return _inside(area, "to_")


def _inside(area: Area, prefix: str) -> Q:
    """As ScopedQuerySet.in_area has it."""
    match area.level:
        case Level.VILLAGE:
            return Q(**{f"{prefix}village_id__in": area.scope_ids})
        case Level.TOWN:
            return Q(**{f"{prefix}town_id__in": area.scope_ids})
        case Level.COUNTY:
            return Q(**{f"{prefix}county_id__in": area.scope_ids})
        case _:
            return Q(**{f"{prefix}county_id__in": area.county_ids})


def _head(row: Any, user: User, day: date) -> OtherHead:
    # From the acceptance on it is known for whom the unit waits, and not only from that month.
    state = state_of(row.line_on, None, day)
    state = WAITING if state == LATER else state
    if row.line_kind == AGREEMENT:
        state = TODAY
    if row.line_kind in (HAND_OVER, ACCEPT, WAITING):
        asked = Permission.CASE_ASSIGN if row.line_kind == HAND_OVER else Permission.APPROVE
        mine = row.line_kind != WAITING and user.may(asked)
        state = TODAY if mine else WAITING
    kind = ACCEPT if row.line_kind == WAITING else row.line_kind
    return OtherHead.of(row, state, kind)


def _says(words: Promise) -> Callable[[OtherHead], str]:
    return lambda head: words % {"day": day_text(head.due_on), "words": head.words}


def _explain(head: OtherHead, user: User) -> tuple[list[str], str]:
    found = Transfer.objects.visible_to(user).select_related("case").get(public_id=head.row_id)
    counted = []
    if head.kind == ARRIVAL and found.decided_on and found.report_by:
        days = (found.report_by - found.decided_on).days
        words = _("%(n)s days from the acceptance on %(day)s, which does not count.")
        counted = [words % {"n": days, "day": day_text(found.decided_on)}]
    return counted, str(article_of(found.case.measure))


OPEN = pgettext_lazy("button", "Open")
PARTS: Final = (
    WaitingRows(kinds=(HAND_OVER, ACCEPT, ARRIVAL, AGREEMENT, WAITING), rows=_rows, head=_head),
    Line(
        kind=HAND_OVER, title=gettext_lazy("Transfer"), url_name="transfers:transfer",
        permission=Permission.CASE_ASSIGN, act=OPEN, explain=_explain,
        why=_says(gettext_lazy("%(words)s, asked for on %(day)s; a supervisor hands over")),
    ),
    Line(
        kind=ACCEPT, title=gettext_lazy("Transfer"), url_name="transfers:transfer",
        permission=Permission.APPROVE, act=OPEN, explain=_explain, own_page=True,
        why=_says(
            gettext_lazy("%(words)s, handed over on %(day)s; the receiving unit decides")
        ),
    ),
    Line(
        kind=ARRIVAL, title=gettext_lazy("Report after a transfer"),
        url_name="transfers:arrival", permission=Permission.CASE_EDIT, act=OPEN,
        explain=_explain, with_person=True,
        why=_says(gettext_lazy("%(words)s; the person reports by %(day)s")),
    ),
    Line(
        kind=AGREEMENT, title=gettext_lazy("Agreement after a transfer"),
        url_name="transfers:agreement", permission=Permission.CASE_EDIT, act=OPEN,
        explain=_explain, with_person=True,
        why=_says(
            gettext_lazy("%(words)s; reported on %(day)s, the new agreement is to be signed")
        ),
    ),
)  # fmt: skip
