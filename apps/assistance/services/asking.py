"""Whether the same help is given elsewhere: a yes or a no, for an application, and counted."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.assistance.codes import Beneficiary, Rhythm, State
from apps.assistance.models import Assistance, AssistanceStep, Payment, SameHelpQuestion
from apps.assistance.refusing import WORDS, store
from apps.assistance.services.helping import lock_help
from apps.assistance.services.ledger import end_of_month, month_of
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.text import sentences
from apps.law.dates import add_months
from apps.persons.identity import check_resident, document_index

QUESTIONS_A_DAY: Final = 20
MONTHS_ASKED: Final = 12
# In these an application can be made, or has been.
ASKED_IN: Final = (State.FOUND, State.REFERRED, State.APPLIED, State.APPROVED)


@transaction.atomic
def ask_for_same_help(
    *,
    assistance: Assistance,
    by: User,
    first: date,
    last: date,
    number: str = "",
    reason: str = "",
) -> SameHelpQuestion:
    """The question is counted, under a lock on the account, before anything is looked up: two at
    once are not the twentieth and the twenty-first. `number`: of a member of the household; another
    one than before needs a reason.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    locked = lock_help(assistance)
    if locked.state not in ASKED_IN:
        raise Refused(_("It is asked for an application that is not decided or just approved."))
    _refuse_period(first, last)
    asked = SameHelpQuestion.objects.filter(asked_by=by, asked_on=today()).count()
    if asked >= QUESTIONS_A_DAY:
        raise Refused(_("Twenty questions were asked today. Ask again tomorrow."))
    index = _index_of(locked, number, reason)
    row = SameHelpQuestion(
        assistance=locked, person_id=locked.person_id, restricted=locked.restricted,
        asked_on=today(), asked_by=by, first=month_of(first), last=end_of_month(last),
        is_given=False, number_index=index, why_another=reason.strip(), **place_ids(locked),
    )  # fmt: skip
    row.is_given = _is_given(locked, by, index, row)
    with acting(by):
        store(row)
    return row


def _refuse_period(first: date, last: date) -> None:
    """An application is for some months: whether it was ever given is no question of it, and by
    halves of a long time somebody would find the month.
    """
    if last < first:
        raise Refused(_("The end lies before the beginning."), field="last")
    this, begins = month_of(today()), month_of(first)
    far = not add_months(this, -MONTHS_ASKED) <= begins <= add_months(this, MONTHS_ASKED)
    if far or last >= add_months(begins, MONTHS_ASKED):
        raise Refused(WORDS["samehelp_of_a_year"], field="first" if far else "last")


def _index_of(help_: Assistance, number: str, reason: str) -> bytes:
    """Of the number for which the application is made."""
    if help_.beneficiary == Beneficiary.PERSON:
        if not help_.person.document_index:
            raise Refused(_("The file has no document number: enter it there first."))
        return bytes(help_.person.document_index)
    try:
        index = document_index(check_resident(number).number)
    except ValidationError as error:
        raise Refused(sentences(*error.messages), field="number") from error
    known = help_.number_index
    if known is not None and bytes(known) != index and not is_reason(reason):
        raise Refused(
            _("Another number was asked for this help before. Say why it is another one now."),
            field="reason",
        )
    help_.number_index = index
    help_.save(update_fields=["number_index"])
    return index


def _is_given(help_: Assistance, by: User, index: bytes, asked: SameHelpQuestion) -> bool:
    """In any unit; the one unscoped question about help, answered with a word. What is restricted
    answers only who may know of it. What runs from month to month is given before it is paid.
    """
    paid = Payment.objects.standing().filter(
        assistance=OuterRef("pk"), month_first__lte=asked.last, month_last__gte=asked.first
    )
    of_number = Q(number_index=index) | Q(
        person__document_index=index, beneficiary=Beneficiary.PERSON
    )
    known = Assistance.objects.known_to(by)
    rows = known.filter(of_number, kind=help_.kind).exclude(pk=help_.pk)
    # Left open for more than a year, it is no answer of these months.
    since = add_months(asked.first, -12)
    taken = AssistanceStep.objects.filter(
        assistance=OuterRef("pk"), withdrawn_at=None, day__gte=since
    )
    received = Payment.objects.standing().filter(assistance=OuterRef("pk"), month_last__gte=since)
    under_way = Q(Exists(taken), state__in=(State.APPLIED, State.APPROVED)) | Q(
        Exists(received), state=State.DELIVERED, programme__rhythm=Rhythm.MONTHLY
    )
    return bool(rows.filter(under_way | Exists(paid)).exists())
