"""What a new record of a session and a corrected one have to keep."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.cases.models import Case
from apps.contacts.guards import CLOCK_TOLERANCE, case_on, refuse_after_death, refuse_before_order
from apps.core.refusals import Refused
from apps.counselling.codes import Counsellor, FamilyTold, Ground, Kind
from apps.counselling.models import LONGEST, Session


def refuse_wrong(row: Session, cases: Iterable[Case], now: datetime) -> None:
    """Raises Refused with the field that it speaks of."""
    orders = list(cases)
    refuse_unheld(row, now)
    refuse_before_order(orders, row.day)
    refuse_unasked(row, orders)
    refuse_unknown_counsellor(row)
    refuse_untold(row)
    refuse_odd_numbers(row)
    refuse_twin(row)
    if row.need is not None and row.need.person_id != row.person_id:
        raise Refused(_("This need is another person's."), field="need")


def refuse_unheld(row: Session, now: datetime) -> None:
    """Held already, and while the person lived."""
    if row.kind not in Kind.values:
        raise Refused(_("Choose what kind of session it was."), field="kind")
    if row.occurred_at > now + CLOCK_TOLERANCE:
        words = _("The time lies in the future. A session is recorded when it was held; one that "
                  "did not take place is not recorded.")  # fmt: skip
        raise Refused(words, field="occurred_at")
    refuse_after_death(row.person, row.day, "occurred_at")


def refuse_unasked(row: Session, orders: list[Case]) -> None:
    """Counselling is not offered without an order in force: it is there for whoever asks."""
    if row.ground != Ground.ASKED and case_on(orders, row.day) is None:
        raise Refused(
            _("No order was in force on this day: counselling is then given only if the person "
              "asks for it. If so, say it below."),
            _("Drug Rehabilitation Regulation, arts. 23 and 40"), field="asked",
        )  # fmt: skip


def refuse_unknown_counsellor(row: Session) -> None:
    """The account that recorded it, or somebody in words; never both."""
    words = row.counsellor_name or row.counsellor_body
    if row.counsellor not in Counsellor.values:
        raise Refused(_("Say who counselled."), field="counsellor")
    if row.counsellor == Counsellor.OTHER and not words:
        raise Refused(_("Say who counselled: a name or a body."), field="counsellor_name")
    if row.counsellor == Counsellor.RECORDER and words:
        raise Refused(_("A name or body is written only of somebody else."), field="counsellor")


def refuse_untold(row: Session) -> None:
    """Where the family takes part it is said what they were told, and that the person agreed."""
    if row.kind == Kind.PERSON:
        if row.family_told or row.agreed_on:
            raise Refused(_("No family takes part in this kind of session."), field="kind")
        return
    if row.family_told not in FamilyTold.values:
        words = _("Say what the family was told about the person.")
        raise Refused(words, field="family_told")
    if row.family_told == FamilyTold.AGREED and row.agreed_on is None:
        raise Refused(
            _("Say on which day the person agreed. Without it the family is told nothing about the "
              "person."),
            _("Personal Information Protection Law, arts. 13 and 29"), field="agreed_on",
        )  # fmt: skip
    if row.family_told == FamilyTold.NOTHING and row.agreed_on is not None:
        raise Refused(
            _("A day of agreement belongs to what the person agreed to."), field="agreed_on"
        )
    if row.agreed_on is not None and row.agreed_on > row.day:
        raise Refused(_("The agreement comes before the session."), field="agreed_on")


def refuse_odd_numbers(row: Session) -> None:
    if row.minutes is not None and not 1 <= row.minutes <= LONGEST:
        raise Refused(_("A session has 1 to 600 minutes."), field="minutes")
    if row.next_on is not None and row.next_on < row.day:
        raise Refused(_("The next date lies before the session."), field="next_on")


def refuse_twin(row: Session) -> None:
    """A person sits in one session at a time."""
    same: Any = Session.objects.standing().filter(
        person_id=row.person_id, occurred_at=row.occurred_at
    )
    first = same.exclude(pk=row.pk).select_related("recorded_by").first()
    if first is not None:
        words = _("%(who)s has recorded a session of this time already.")
        raise Refused(words % {"who": first.recorded_by.name}, field="occurred_at")
