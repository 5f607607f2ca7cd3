"""Rules that every way to a visit or an interview keeps."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from apps.cases.models import Case
from apps.contacts.codes import NotDoneReason
from apps.contacts.guards import CLOCK_TOLERANCE, LONGEST_RETRY, case_on, refuse_before_order
from apps.core.days import local_day
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.persons.models import Contact, Person
from apps.visits.codes import MeetingKind, MeetingPlace, MeetingWay
from apps.visits.models import Meeting
from apps.visits.models.meeting import NO_PLACE


def refuse_wrong(meeting: Meeting, cases: Iterable[Case], now: datetime) -> None:
    """Everything that a new record and a corrected one have to keep."""
    orders = list(cases)
    refuse_future(meeting.occurred_at, now)
    refuse_before_order(orders, local_day(meeting.occurred_at))
    refuse_unknown(meeting)
    if meeting.is_done:
        refuse_unmet(meeting)
    else:
        refuse_unclear_attempt(meeting)
        refuse_attempt_without_order(orders, meeting.day)


def refuse_future(occurred_at: datetime, now: datetime) -> None:
    if occurred_at > now + CLOCK_TOLERANCE:
        raise Refused(
            _("The time lies in the future. A visit or interview is recorded when it was made."),
            field="occurred_at",
        )


def refuse_unknown(meeting: Meeting) -> None:
    """Codes that no list has."""
    if meeting.kind not in MeetingKind.values or meeting.way not in MeetingWay.values:
        raise Refused(_("Choose what it was and how the person was reached."))
    if meeting.is_done and meeting.place not in MeetingPlace.values:
        raise Refused(_("Choose where it was."), field="place")


def refuse_unmet(meeting: Meeting) -> None:
    """Held: somebody was met, in words; the family only as far as the person agreed."""
    if meeting.kind == MeetingKind.TALK and not meeting.met_person:
        raise Refused(_("An interview is held with the person."), field="met")
    if not meeting.met_person and meeting.contact is None:
        raise Refused(
            _("Say who was met. If nobody was found, record that it could not be done."),
            field="met",
        )
    if meeting.kind == MeetingKind.VISIT and meeting.way != MeetingWay.IN_PERSON:
        raise Refused(_("A home visit is made in person."), field="way")
    if meeting.kind == MeetingKind.VISIT and meeting.place == MeetingPlace.REMOTE:
        raise Refused(_("A home visit is made in person."), field="place")
    refuse_wrong_place(meeting)
    if not meeting.state_words:
        raise Refused(_("Say in a few words how the person is."), field="state_words")
    if meeting.contact is not None:
        refuse_contact(meeting.contact, meeting.person, meeting.day)


def refuse_wrong_place(meeting: Meeting) -> None:
    """A call has no place, and whoever stood face to face was somewhere."""
    if meeting.way == MeetingWay.IN_PERSON and meeting.place == MeetingPlace.REMOTE:
        raise Refused(_("You met face to face: choose where it was."), field="place")
    if meeting.way != MeetingWay.IN_PERSON and meeting.place != MeetingPlace.REMOTE:
        raise Refused(NO_PLACE, field="place")


def refuse_contact(contact: Contact, person: Person, day: date) -> None:
    """Only people whom the person had agreed to on the day may be named."""
    agreed = contact.agreed_on <= day and (
        contact.withdrawn_on is None or contact.withdrawn_on > day
    )
    if contact.person_id != person.pk or not agreed:
        raise Refused(
            _(
                "The person had not agreed to this contact on that day. Record the agreement "
                "first, or leave the name out."
            ),
            _("Personal Information Protection Law, arts. 13 and 23"),
            field="contact",
        )


def refuse_unclear_attempt(meeting: Meeting) -> None:
    """Not done has a reason and the day of the next try."""
    if meeting.reason not in NotDoneReason.values:
        raise Refused(_("Say why it could not be done."), field="reason")
    if meeting.reason == NotDoneReason.REFUSED and not is_reason(meeting.note):
        raise Refused(_("Say in a few words what happened."), field="note")
    if meeting.next_on is None:
        raise Refused(_("Enter the day of the next try."), field="next_on")
    if meeting.next_on < meeting.day:
        raise Refused(_("The next date lies before the day of the contact."), field="next_on")
    if meeting.next_on - meeting.day > LONGEST_RETRY:
        raise Refused(
            _("The next try is at most 60 days away. For a longer absence record a leave."),
            field="next_on",
        )


def refuse_attempt_without_order(cases: Iterable[Case], day: date) -> None:
    """Where nothing is due nothing can have failed."""
    if case_on(cases, day) is None:
        raise Refused(
            _("No order is in force on this day: nothing was due, so nothing could fail."),
            _("Drug Rehabilitation Regulation, arts. 23 and 40"),
        )
