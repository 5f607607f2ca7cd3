"""What the page of one help shows: the way it went, what comes next, the ledger."""

from dataclasses import dataclass
from functools import cached_property

from apps.accounts.models import User
from apps.assistance.codes import RUNNING, State, StepKind
from apps.assistance.models import Assistance, AssistanceStep, Look, Payment
from apps.assistance.services import next_steps
from apps.assistance.services.asking import ASKED_IN
from apps.core.money import yuan
from apps.core.text import short_day
from apps.persons.models import Person


@dataclass(frozen=True)
class HelpPage:
    """Of one help, for a user who sees it."""

    help: Assistance
    steps: list[AssistanceStep]
    payments: list[Payment]
    looks: list[Look]
    # Ids of the payments in ledgers that the user keeps.
    kept: frozenset[int] = frozenset()

    @property
    def dots(self) -> list[tuple[str, str, str]]:
        """Label, state (done, now) and day of what was, and of what usually comes."""
        done = [(str(step), "done", short_day(step.day)) for step in self.standing]
        if self.help.delivered_on:
            day = short_day(self.help.delivered_on)
            ended = done[-1:] if self.standing[-1].kind == StepKind.ENDED else []
            done = [*done[: len(done) - len(ended)], (self._delivered, "done", day), *ended]
        if self.following:
            return [*done, (str(self.following.label), "now", "")]
        return [*done, (self._delivered, "now", "")] if self.waits_for_delivery else done

    @property
    def _delivered(self) -> str:
        return str(State.DELIVERED.label)

    @cached_property
    def possible(self) -> tuple[StepKind, ...]:
        return next_steps(self.help)

    @property
    def can_receive(self) -> bool:
        return self.help.can_receive

    @property
    def waits_for_delivery(self) -> bool:
        """What was approved, and what nobody else decides about, is delivered next."""
        return self.can_receive and self.help.delivered_on is None

    @property
    def following(self) -> StepKind | None:
        """The one button; when something can be received that is it."""
        usual = [step for step in self.possible if step != StepKind.ENDED]
        return None if self.can_receive or not usual else usual[0]

    @property
    def others(self) -> list[StepKind]:
        return [step for step in self.possible if step != self.following]

    @property
    def has_letters(self) -> bool:
        """Restricted help has none: it would stand in the register of papers."""
        return self.help.state in RUNNING and not self.help.restricted

    @property
    def can_ask(self) -> bool:
        return self.help.state in ASKED_IN

    @property
    def standing(self) -> list[AssistanceStep]:
        return [step for step in self.steps if step.withdrawn_at is None]

    @property
    def last(self) -> AssistanceStep | None:
        """The one that may be taken back."""
        return self.standing[-1] if self.standing else None

    @property
    def lines(self) -> list[tuple[Payment, bool, bool]]:
        """Rows of the ledger, whether one stands, and whether the user may reverse it."""
        reversed_ = {row.reverses_id for row in self.payments}
        found = []
        for row in self.payments:
            stands = not row.reverses_id and row.pk not in reversed_
            found.append((row, stands, stands and row.pk in self.kept))
        return found

    @property
    def looked(self) -> list[tuple[Look, bool]]:
        """Looks, and whether the delivery of one that was not withdrawn was reversed since."""
        came = self.help.delivered_on
        return [
            (look, look.withdrawn_at is None and not look.counts_after(came)) for look in self.looks
        ]

    @property
    def total(self) -> str:
        return yuan(sum(row.amount_fen or 0 for row in self.payments))

    @property
    def has_money(self) -> bool:
        return any(row.amount_fen is not None for row in self.payments)

    @property
    def unknown(self) -> int:
        """How many standing amounts nobody recorded."""
        return sum(
            1
            for row, stands, _mine in self.lines
            if stands and row.is_money and row.amount_fen is None
        )


def paid_twice(person: Person, user: User) -> list[tuple[Payment, Payment]]:
    """Rows that stand for the same months of the same programme and member: two files that became
    one may each have been paid. Neither is wrong by itself: the offices decide.
    """
    rows = Payment.objects.visible_to(user).standing().filter(assistance__person=person)
    known = rows.select_related("assistance", "programme", "office").order_by("month_first", "pk")
    last: dict[tuple[int, str, str], Payment] = {}
    found = []
    for row in known:
        if not row.programme.is_monthly:
            continue
        whose = (row.programme_id, row.assistance.beneficiary, row.assistance.member_words)
        if (other := last.get(whose)) and other.month_last >= row.month_first:
            found.append((other, row))
        if other is None or row.month_last > other.month_last:
            last[whose] = row
    return found


def page_of(help_: Assistance, user: User) -> HelpPage:
    steps = AssistanceStep.objects.visible_to(user).filter(assistance=help_)
    payments = Payment.objects.visible_to(user).filter(assistance=help_)
    kept = Payment.objects.of_ledgers_of(user).filter(assistance=help_)
    looks = Look.objects.visible_to(user).filter(assistance=help_)
    return HelpPage(
        help_,
        list(steps.select_related("recorded_by").order_by("pk")),
        list(payments.select_related("recorded_by", "person").order_by("paid_on", "pk")),
        list(looks.order_by("after", "pk")),
        frozenset(kept.order_by().values_list("pk", flat=True)),
    )
