"""What was received, what was reversed, what there is to spend, and when a month is closed."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, Level, place_ids
from apps.assistance.codes import Beneficiary, How, Receipt
from apps.assistance.models import Assistance, Budget, MonthClosing, Payment, Programme
from apps.assistance.refusing import WORDS, store
from apps.assistance.services.helping import lock_help
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.text import month_text
from apps.law.dates import add_months
from apps.persons.models import FormerUnit

# So far ahead help is paid at most: what lies further would block the payments of then.
MONTHS_AHEAD: Final = 12


def month_of(day: date) -> date:
    return day.replace(day=1)


def end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@transaction.atomic
@once(Payment, target="assistance")
def record_payment(
    *, assistance: Assistance, by: User, client_uuid: UUID, paid_on: date, how: str,
    receipt: str = Receipt.NONE, receipt_words: str = "", amount_fen: int | None = None,
    month_first: date | None = None, month_last: date | None = None,
    household: int | None = None, payer: str = "", words: str = "",
) -> Payment:  # fmt: skip
    """A row of the ledger: money, goods, or a service. Without an amount it is not recorded."""
    locked = lock_help(assistance)
    first = month_of(month_first or paid_on)
    last = end_of_month(month_last or month_first or paid_on)
    _refuse_wrong(locked, paid_on, how, receipt, receipt_words, amount_fen)
    _refuse_months(first, last, paid_on)
    _ask_after_death(locked, paid_on, last, words)
    _refuse_paid(locked, first, last)
    to_person = locked.beneficiary == Beneficiary.PERSON
    row = Payment(
        assistance=locked, person_id=locked.person_id, programme=locked.programme,
        client_uuid=client_uuid, office=_office_of(locked, paid_on, by), paid_on=paid_on,
        month_first=first, month_last=last, amount_fen=amount_fen, times=1 if to_person else 0,
        household=household if to_person else household or 1, how=how,
        payer=payer.strip() or locked.programme.payer, receipt=receipt,
        receipt_words=receipt_words.strip(), words=words.strip(), recorded_by=by,
        **place_ids(locked),
    )  # fmt: skip
    with acting(by):
        store(row)
    return row


def _refuse_months(first: date, last: date, paid_on: date) -> None:
    if last < first:
        raise Refused(_("The end lies before the beginning."), field="month_last")
    if last > end_of_month(add_months(paid_on, MONTHS_AHEAD)):
        raise Refused(WORDS["payment_within_a_year"], field="month_last")


def _refuse_wrong(
    help_: Assistance, paid_on: date, how: str, receipt: str, receipt_words: str, fen: int | None
) -> None:
    if paid_on > today():
        raise Refused(_("The day lies in the future."), field="paid_on")
    if not help_.can_receive_on(paid_on):
        raise Refused(
            _("Nothing can be received while the help is “%(state)s”.")
            % {"state": help_.get_state_display()}
        )
    if how == How.SERVICE and fen is not None:
        raise Refused(_("A service or referral has no amount."), field="amount_fen")
    if receipt == Receipt.SCAN and not receipt_words.strip():
        raise Refused(_("Enter the number of the receipt or scan."), field="receipt_words")


def _ask_after_death(help_: Assistance, paid_on: date, last: date, words: str) -> None:
    """What was paid stands in the ledger, whoever has died: for days after the death somebody says
    why. Arrears of days before it ask nothing, nor does what a member of the household receives.
    """
    day = month_of(last) if help_.programme.is_monthly else min(paid_on, last)
    person = help_.person
    died_before = person.is_dead_by(day) and day != person.life_status_since
    if help_.beneficiary == Beneficiary.PERSON and died_before and not is_reason(words):
        raise Refused(
            _("The person had died before these days. Say in words why it was paid; what a member "
              "of the household receives is a help for the member."),
            field="words",
        )  # fmt: skip


def _refuse_paid(help_: Assistance, first: date, last: date) -> None:
    """The same programme, by another help of the same member: only here are the words readable."""
    if help_.beneficiary != Beneficiary.MEMBER or not help_.programme.is_monthly:
        return
    rows = Payment.objects.standing().filter(
        assistance__person=help_.person_id, assistance__beneficiary=help_.beneficiary,
        programme=help_.programme, month_first__lte=last, month_last__gte=first,
    )  # fmt: skip
    known = rows.select_related("assistance").order_by("pk")
    if any(row.assistance.member_words == help_.member_words for row in known):
        raise Refused(WORDS["payment_once_a_month"], field="month_first")


def _office_of(help_: Assistance, day: date, by: User) -> Area:
    """Of the unit that was responsible on the day; another one's ledger is not written."""
    rows = FormerUnit.objects.filter(person=help_.person_id).covering(day)
    then = rows.select_related("town", "county").first()
    now = _unit_of(help_.person)
    unit = _unit_of(then) if then else now
    if unit != now and by.area is not None and not by.area.today.contains(unit):
        raise Refused(
            _("On this day %(unit)s was responsible for the person: it stands in its ledger.")
            % {"unit": unit.name},
            field="paid_on",
        )
    return unit


def _unit_of(row: Any) -> Area:
    unit: Area = row.town or row.county
    return unit.today


@transaction.atomic
@once(Payment, target="payment", called={"on": "paid_on", "reason": "words"})
def reverse_payment(
    *, payment: Payment, by: User, client_uuid: UUID, on: date, reason: str
) -> Payment:
    """A row that takes back another one, whole; on a day of a month that is open. It stands in the
    ledger of the payment, and is recorded by who oversees that.
    """
    locked = lock_help(payment.assistance)
    _refuse_outside(by, payment.office)
    if not is_reason(reason):
        raise Refused(_("Say why it is reversed."), field="reason")
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    if on < payment.paid_on:
        raise Refused(_("The reversal lies before the payment."), field="on")
    if payment.reverses_id is not None or Payment.objects.filter(reverses=payment).exists():
        raise Refused(_("A reversal takes back one payment, whole and once."))
    row = Payment(
        assistance=locked, person_id=locked.person_id, programme=locked.programme,
        client_uuid=client_uuid, office_id=payment.office_id, reverses=payment, paid_on=on,
        month_first=payment.month_first, month_last=payment.month_last, times=-payment.times,
        amount_fen=_negated(payment.amount_fen), household=_negated(payment.household),
        how=payment.how, payer=payment.payer, receipt=Receipt.NONE, words=reason.strip(),
        recorded_by=by, **place_ids(locked),
    )  # fmt: skip
    with acting(by, reason.strip()):
        store(row)
    return row


@transaction.atomic
def record_receipt(
    *, payment: Payment, by: User, receipt: str, receipt_words: str = ""
) -> Payment:  # fmt: skip
    """The person has signed, or the scan is there: of a payment that had none yet. The row is the
    same in all that is counted, also in a month that is closed.
    """
    lock_help(payment.assistance)
    locked: Payment = (
        Payment.objects.select_for_update(of=("self",)).select_related("office").get(pk=payment.pk)
    )
    _refuse_elsewhere(by, locked.office.today)
    if locked.reverses_id is not None or Payment.objects.filter(reverses=locked).exists():
        raise Refused(_("This payment was reversed: there is no receipt for it."))
    words = receipt_words.strip()
    if (locked.receipt, locked.receipt_words) == (receipt, words):
        return locked  # the same tap again
    if locked.receipt != Receipt.NONE:
        raise Refused(_("A receipt is on record already."))
    if receipt not in (Receipt.SIGNED, Receipt.SCAN):
        raise Refused(_("Say which receipt there is."), field="receipt")
    if receipt == Receipt.SCAN and not words:
        raise Refused(_("Enter the number of the receipt or scan."), field="receipt_words")
    locked.receipt, locked.receipt_words = receipt, words
    with acting(by):
        store(locked, update_fields=["receipt", "receipt_words"])
    return locked


def _refuse_elsewhere(by: User, office: Area) -> None:
    """Whoever works for the office that paid, in a part of it or above."""
    here = by.area.today if by.area is not None else office
    if not (office.contains(here) or here.contains(office)):
        raise Refused(
            _("This stands in the ledger of %(unit)s, which gives the receipt for it.")
            % {"unit": office.name}
        )


def _negated(number: int | None) -> int | None:
    return None if number is None else -number


@transaction.atomic
def set_budget(*, programme: Programme, area: Area, year: int, amount_fen: int, by: User) -> Budget:
    """What a unit has for a programme in a year; never less than what was paid."""
    if area.level not in (Level.COUNTY, Level.TOWN):
        raise Refused(_("A county or a town has a budget."), field="area")
    _refuse_outside(by, area)
    row = _stored_budget(programme, area, year) or Budget(programme=programme, area=area, year=year)
    row.amount_fen, row.recorded_by = amount_fen, by
    with acting(by):
        store(row)
    return row


def _stored_budget(programme: Programme, area: Area, year: int) -> Budget | None:
    """Its own, or the one of a unit that became this one. What a unit that is no more has stays on
    its own row: nothing is moved to the heir, and it is given nothing new.
    """
    rows = Budget.objects.select_for_update(of=("self",)).filter(programme=programme, year=year)
    if own := rows.filter(area=area).first():
        return own
    if area.today != area:
        facts = {"old": area.name, "unit": area.today.name}
        raise Refused(_("%(old)s became %(unit)s and gets no budget any more.") % facts,
                      field="area")  # fmt: skip
    of_old = list(rows.filter(area__merged_into=area).order_by("pk")[:2])
    if len(of_old) > 1:
        raise Refused(
            _("More than one unit that became %(unit)s has a budget: correct each on its own, in "
              "the ledger of the year.") % {"unit": area.name},
            field="area",
        )  # fmt: skip
    return of_old[0] if of_old else None


@transaction.atomic
def close_month(*, area: Area, month: date, by: User) -> MonthClosing:
    """After it nothing comes into the month, and nothing leaves it."""
    month = month_of(month)
    if area.level not in (Level.COUNTY, Level.TOWN):
        raise Refused(WORDS["month_of_a_ledger"], field="area")
    if end_of_month(month) >= today():
        raise Refused(_("%(month)s is not over yet.") % {"month": month_text(month)}, field="month")
    _refuse_outside(by, area)
    row = MonthClosing(area=area.today, month=month, closed_by=by)
    with acting(by):
        store(row)
    return row


def _refuse_outside(by: User, area: Any) -> None:
    if by.area is not None and not by.area.today.contains(area.today):
        raise Refused(_("%(unit)s lies outside your area.") % {"unit": area.name}, field="area")
