"""What waits with the samples of a campaign, as lines of Today: one for each campaign and step."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.campaigns.models import Campaign, CampaignTarget
from apps.core.text import day_text
from apps.drugtests import today as of_tests
from apps.drugtests.chain import OBJECTIONS, StepKind
from apps.drugtests.codes import Result
from apps.drugtests.models import Step
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, text

S = StepKind


def _line(kind: str) -> str:
    return f"campaign-{kind}"


def is_of_many(scope: Scope) -> Q:
    """Of dossiers that wait: taken in a campaign that the reader sees. Alone go on a positive that
    is to be told, and whoever has objected.
    """
    seen = Campaign.objects.visible_to(scope.user).values("pk")
    listed = CampaignTarget.objects.filter(test=OuterRef("test"), campaign__in=seen)
    steps = Step.objects.filter(dossier=OuterRef("pk"), withdrawn_at=None)
    alone = Exists(steps.filter(kind__in=OBJECTIONS))
    told_alone = Q(waits_as=of_tests.TELL) & ~Q(test__result=Result.NEGATIVE)
    others = Q(waits_as__in=(of_tests.ANSWER, of_tests.DECIDE))
    # Sealed, back from the laboratory without a result, and kept nowhere.
    stored_late = Q(waits_as=of_tests.SEAL) & ~Q(a_seal="")
    return Exists(listed) & ~alone & ~told_alone & ~others & ~stored_late


def _rows(scope: Scope) -> Any:
    """Under the address of the campaign."""
    steps = Step.objects.filter(dossier=OuterRef("pk"), withdrawn_at=None)
    step = Case(
        When(waits_as=of_tests.TELL, then=text(_line(S.TOLD))),
        When(waits_as=of_tests.SEAL, then=text(_line(S.SEALED))),
        When(waits_as=of_tests.SEND, then=text(_line(S.SENT))),
        When(Exists(steps.filter(kind=S.RECEIVED)), waits_as=of_tests.AWAIT,
             then=text(_line(S.ANALYSED))),
        When(waits_as=of_tests.AWAIT, then=text(_line(S.RECEIVED))),
        default=text(_line(S.DESTROYED)),
    )  # fmt: skip
    campaign = "test__campaign_target__campaign__"
    rows = of_tests.waiting(scope).filter(is_of_many(scope)).order_by()
    groups = rows.annotate(step_next=step).values(
        "step_next", campaign_of=F(f"{campaign}public_id"), titled=F(f"{campaign}title")
    )
    return groups.annotate(
        person_pk=Value(0, BigIntegerField()), village_pk=Cast(Value(None), BigIntegerField()),
        sorted_as=text(""), first=Min("waits_on"), line_words=Cast(Count("pk"), CharField()),
        line_place=text(""),
    ).values_list(
        "step_next", "campaign_of", "person_pk", "village_pk", "sorted_as", "first", "line_words",
        "titled", "line_place",
    )  # fmt: skip


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _says(kind: StepKind) -> Callable[[OtherHead], str]:
    def said(head: OtherHead) -> str:
        n = int(head.words)
        return _words(kind, n) % {"n": n, "day": day_text(head.due_on)}

    return said


def _words(kind: StepKind, n: int) -> str:
    """How many, and the day of the first of them."""
    if kind == S.TOLD:
        return ngettext(
            "%(n)s negative result is to be told, known since %(day)s",
            "%(n)s negative results are to be told, the first known since %(day)s", n,
        )  # fmt: skip
    if kind == S.SEALED:
        return ngettext(
            "%(n)s sample waits to be sealed since %(day)s",
            "%(n)s samples wait to be sealed, the first since %(day)s", n,
        )  # fmt: skip
    if kind == S.SENT:
        return ngettext(
            "%(n)s sample waits to be sent by %(day)s",
            "%(n)s samples wait to be sent, the first by %(day)s", n,
        )  # fmt: skip
    if kind == S.RECEIVED:
        return ngettext(
            "%(n)s sample was sent, and its arrival is not on record; awaited by %(day)s",
            "%(n)s samples were sent, and their arrival is not on record; the first awaited by "
            "%(day)s", n,
        )  # fmt: skip
    if kind == S.ANALYSED:
        return ngettext(
            "%(n)s sample is with the laboratory; its result is awaited by %(day)s",
            "%(n)s samples are with the laboratory; the first result is awaited by %(day)s", n,
        )  # fmt: skip
    return ngettext(
        "%(n)s sample was kept until %(day)s and may be destroyed",
        "%(n)s samples were kept until their date, the first until %(day)s, and may be destroyed",
        n,
    )


def _explain(head: OtherHead, _user: User) -> tuple[list[str], str]:
    counted = _(
        "Samples of this campaign that wait for the same step stand in one line. Whoever has "
        "objected, and a positive that is to be told, stands alone under the own name."
    )
    return [counted], _("Rules on drug testing procedure")


TITLES: Final = {
    S.TOLD: gettext_lazy("Results of a campaign"),
    S.SEALED: gettext_lazy("Samples of a campaign: to be sealed"),
    S.SENT: gettext_lazy("Samples of a campaign: to be sent"),
    S.RECEIVED: gettext_lazy("Samples of a campaign: arrival at the laboratory"),
    S.ANALYSED: gettext_lazy("Samples of a campaign: results of the laboratory"),
    S.DESTROYED: gettext_lazy("Samples of a campaign: at their date"),
}
PARTS: Final = (
    of_tests.OfMany(which=is_of_many),
    WaitingRows(kinds=tuple(_line(kind) for kind in TITLES), rows=_rows, head=_head),
    *(
        Line(
            kind=_line(kind), title=title, why=_says(kind), explain=_explain, of_many=True,
            act=pgettext_lazy("button", "Open"),
            url_name="campaigns:results" if kind == S.TOLD else f"campaigns:samples-{kind}",
            permission=(
                Permission.TEST_DECIDE if kind == S.DESTROYED else Permission.CHECKIN_LOG
            ),
        )
        for kind, title in TITLES.items()
    ),
)  # fmt: skip
