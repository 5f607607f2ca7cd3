"""Rows of the world of the matrix about help."""

from datetime import date
from functools import cached_property

from apps.accounts.models import User
from apps.assistance.models import (
    Assistance,
    AssistanceStep,
    Budget,
    LetterSender,
    Look,
    MonthClosing,
    Payment,
    Programme,
    SameHelpQuestion,
)
from apps.assistance.services import ask_for_same_help, close_month, set_budget
from apps.core.days import today
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.assistance import approved, helped, looked, paid, programme

FOUND = date(2024, 5, 2)


class AssistanceRows:
    """Made when an address names them."""

    person: Person
    by: User

    @cached_property
    def help_boss(self) -> User:
        made: User = UserFactory(county_supervisor=True)
        return made

    @cached_property
    def helped(self) -> Assistance:
        return helped("living", person=self.person, by=self.help_boss, found_on=FOUND)

    @cached_property
    def help_step(self) -> AssistanceStep:
        return self.helped.steps.get()

    @cached_property
    def paid_help(self) -> Assistance:
        """Long enough ago to be looked at."""
        row = approved("relief", person=self.person, by=self.help_boss, found_on=FOUND)
        paid(row, by=self.help_boss, paid_on=FOUND, receipt="none")
        row.refresh_from_db()
        return row

    @cached_property
    def payment(self) -> Payment:
        return self.paid_help.payments.get()

    @cached_property
    def help_look(self) -> Look:
        one = approved("medical", person=self.person, by=self.help_boss, found_on=FOUND)
        paid(one, by=self.help_boss, paid_on=FOUND)
        return looked(one, by=self.help_boss, looked_on=date(2024, 6, 3))

    @cached_property
    def sealed_help(self) -> Assistance:
        return helped("psychiatric", person=self.person, by=self.help_boss, found_on=FOUND)

    @cached_property
    def same_help(self) -> SameHelpQuestion:
        days = {"first": today(), "last": today()}
        return ask_for_same_help(assistance=self.helped, by=self.help_boss, **days)

    @cached_property
    def programme(self) -> Programme:
        return programme("relief")

    @cached_property
    def help_budget(self) -> Budget:
        return set_budget(
            programme=self.programme, area=area(QIONGHAI), year=2024, amount_fen=100_000_00,
            by=self.help_boss,
        )  # fmt: skip

    @cached_property
    def closed_month(self) -> MonthClosing:
        return close_month(area=area(QIONGHAI), month=date(2023, 1, 1), by=self.help_boss)

    @cached_property
    def letter_sender(self) -> LetterSender:
        return LetterSender.objects.create(area=area(), name="嘉积镇综治中心")
