"""Facts of papers for the police: whose they are, and what was reported."""

from apps.cases.codes import Ground
from apps.cases.models import PoliceReport
from apps.documents.subject import Facts, Subject
from apps.organisations.models import Organisation, OrganisationKind


def police(subject: Subject) -> Facts:
    """To whom papers for the police go: the deciding authority, else the station of the town."""
    authority = subject.case.authority if subject.case else None
    return {"police": authority.name if authority else station(subject)}


def station(subject: Subject) -> str:
    stations = Organisation.objects.in_area(subject.office).filter(
        kind=OrganisationKind.POLICE, active=True
    )
    found = stations.order_by("name").first()
    return found.name if found else ""


def serious(subject: Subject) -> Facts:
    return _report(subject, Ground.SERIOUS)


def overdue(subject: Subject) -> Facts:
    return _report(subject, Ground.OVERDUE)


def _report(subject: Subject, ground: Ground) -> Facts:
    """What was proposed and approved, with what the person says."""
    rows = PoliceReport.objects.visible_to(subject.by).filter(
        case=subject.case, ground=ground, withdrawn_at=None, reported_on__isnull=False
    )
    found = rows.order_by("-recorded_at", "-pk").first()
    return {"report_facts": found.facts, "report_heard": found.heard} if found else {}
