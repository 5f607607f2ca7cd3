"""What two loads of the demo have to have in common."""

from apps.approvals.models import Proposal
from apps.assessments.models import Assessment, HelpFlag
from apps.breaches.models import Breach, Response
from apps.cases.models import PoliceReport
from apps.checkins.models import CheckIn
from apps.demo.arrivals import EXPECTED
from apps.documents.models import IssuedDocument
from apps.intake.models import Release
from apps.persons.models import Person
from apps.transfers.models import Transfer

# Of the releases that are announced those whose file was opened: persons beyond the number.
FILED = sum(row[-1] == "filed" for row in EXPECTED)


def told() -> list[tuple[object, ...]]:
    """What was loaded, without the ids that every run makes anew."""
    return [
        row
        for rows, names in (
            (Person.objects, ("name", "name_pinyin", "life_status", "town__code")),
            (CheckIn.objects, ("day", "method", "person__name")),
            (Breach.objects, ("starts_on", "kind", "decision", "person__name", "client_uuid")),
            (Response.objects, ("on", "kind", "paper__number")),
            (
                Assessment.objects,
                ("assessed_on", "risk_level", "standing", "told_on", "person__name"),
            ),
            (HelpFlag.objects, ("since", "kind", "ended_on")),
            (Transfer.objects, ("asked_on", "state", "decided_on", "person__name")),
            (PoliceReport.objects, ("ground", "reported_on", "outcome")),
            (Release.objects, ("name", "expected_on", "received_on")),
            (IssuedDocument.objects, ("number", "issued_on", "person__name")),
            (Proposal.objects, ("kind", "decision", "proposed_at", "person__name")),
        )
        for row in rows.order_by("pk").values_list(*names)
    ]
