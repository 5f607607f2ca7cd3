"""The working group around a person (条例 art. 17): exactly one of its members leads it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.law import Step, article_of
from apps.cases.models import Case, TeamMember
from apps.cases.models.care_team import MemberKind
from apps.cases.services.orders import lock
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.notices.services import ring_withdrawn
from apps.persons.models import Contact, Person

# Who can lead: the family is helped, and asked for no office.
NO_LEADS = frozenset({MemberKind.FAMILY, MemberKind.VOLUNTEER})


@transaction.atomic
def add_member(
    *,
    case: Case,
    by: User,
    kind: str,
    on: date,
    name: str = "",
    phone: str = "",
    unit: str = "",
    contact: Contact | None = None,
    leads: bool = False,
) -> TeamMember:
    """The first member who can lead does; naming another lead moves the office to that one.

    A member of the family is somebody whom the person has agreed to.
    """
    locked = lock(case)
    if kind == MemberKind.FAMILY:
        name, phone = _agreed(locked, contact)
    else:
        contact = None
    if not name.strip():
        raise Refused(_("Enter the name."), field="name")
    if kind == MemberKind.OTHER and not unit.strip():
        raise Refused(_("Say in words who it is."), field="unit")
    if locked.reported_on is None:
        raise Refused(
            _("The team follows the report: record the report first."),
            article_of(Step.TEAM, case.measure),
        )
    current = _of_today(locked)
    lead = next((member for member in current if member.is_lead), None)
    takes_over = kind not in NO_LEADS and (leads or lead is None)
    if leads and not takes_over:
        raise Refused(
            _("Somebody of an office leads the team."),
            article_of(Step.TEAM, case.measure),
            field="leads",
        )
    if takes_over and lead is not None:
        _lead_no_more(lead, on, by)
    member = TeamMember(
        case=locked, person=locked.person, kind=kind, name=name.strip(), phone=phone.strip(),
        unit=unit.strip(), contact=contact, is_lead=takes_over,
        led_from=on if takes_over else None, joined_on=on, recorded_by=by, **place_ids(locked),
    )  # fmt: skip
    return _store(member, by)


@transaction.atomic
def name_lead(*, member: TeamMember, by: User) -> TeamMember:
    """This member leads from now on."""
    case = lock(member.case)
    current = _of_today(case)
    chosen = next((row for row in current if row.pk == member.pk), None)
    if chosen is None:
        raise Refused(_("This member has left the team."))
    if chosen.kind in NO_LEADS:
        raise Refused(
            _("Somebody of an office leads the team."), article_of(Step.TEAM, case.measure)
        )
    if chosen.is_lead:
        return chosen
    day = max(today(), chosen.joined_on)
    for other in current:
        if other.is_lead:
            _lead_no_more(other, day, by)
    chosen.is_lead, chosen.led_from, chosen.led_until = True, day, None
    return _store(chosen, by)


@transaction.atomic
def end_member(*, member: TeamMember, by: User, on: date, reason: str = "") -> TeamMember:
    """A member leaves, and why. Who leads hands over first, as long as another can lead."""
    case = lock(member.case)
    current = _of_today(case)
    leaving = next((row for row in current if row.pk == member.pk), None)
    if leaving is None:
        raise Refused(_("This member has left the team."))
    if on < leaving.joined_on:
        raise Refused(_("The end lies before the beginning."), field="on")
    if leaving.is_lead:
        _refuse_without_lead(case, leaving)
    leaving.left_on, leaving.end_reason = on, reason.strip()
    if leaving.is_lead:
        return _lead_no_more(leaving, on, by)
    return _store(leaving, by)


@transaction.atomic
def withdraw_member(*, member: TeamMember, by: User, reason: str) -> TeamMember:
    """Written down by mistake: the row stays with the reason, and the member was never there. Who
    leads hands over first, as long as another can lead.
    """
    case = lock(member.case, open_only=False)
    rows = TeamMember.objects.select_for_update(of=("self",)).filter(case=case)
    locked: TeamMember = rows.get(pk=member.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if not is_reason(reason):
        raise Refused(_("Say why it is withdrawn."), field="reason")
    if locked.is_lead:
        _refuse_without_lead(case, locked)
    locked.is_lead, locked.led_from, locked.led_until = False, None, None
    locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
    locked.withdrawn_reason = reason.strip()
    _store(locked, by, reason.strip())
    ring_withdrawn(row=locked, made_by_id=locked.recorded_by_id, by=by)
    return locked


@transaction.atomic
def end_leads_of(person: Person, by: User) -> None:
    """The person belongs to another office now: until it names somebody nobody leads. Whoever was
    to lead from today on, or later, has led on no day. The others stay in the team until the new
    office says who left.
    """
    yesterday = today() - timedelta(days=1)
    held = TeamMember.objects.select_for_update(of=("self",))
    for member in held.filter(person=person, is_lead=True).order_by("pk"):
        member.is_lead, member.led_until = False, yesterday
        if member.led_from is None or member.led_from > yesterday:
            member.led_from = member.led_until = None
        _store(member, by)


def _refuse_without_lead(case: Case, leaving: TeamMember) -> None:
    """Exactly one leads, as long as there is anybody who can."""
    others = [row for row in _of_today(case) if row.pk != leaving.pk and row.kind not in NO_LEADS]
    if others:
        raise Refused(
            _("Name another lead first: the team has exactly one."),
            article_of(Step.TEAM, case.measure),
        )


def _lead_no_more(member: TeamMember, on: date, by: User) -> TeamMember:
    """Led until the day; on the first day of it, where that is later."""
    member.is_lead, member.led_until = False, max(on, member.led_from or on)
    return _store(member, by)


def _of_today(case: Case) -> list[TeamMember]:
    rows = TeamMember.objects.select_for_update(of=("self",)).filter(case=case, left_on=None)
    return list(rows.standing().order_by("joined_on", "pk"))


def _agreed(case: Case, contact: Contact | None) -> tuple[str, str]:
    if contact is None or contact.person_id != case.person_id or contact.withdrawn_on is not None:
        raise Refused(
            _("A family member is chosen from the contacts whom the person has agreed to."),
            field="contact",
        )
    return contact.name, contact.phone


def _store(member: TeamMember, by: User, reason: str = "") -> TeamMember:
    with acting(by, reason):
        save_or_refuse(member)
    return member
