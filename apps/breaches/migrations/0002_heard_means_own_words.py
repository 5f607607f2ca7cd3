"""A breach that was confirmed though nobody heard the person waits for the hearing again.

The decision stays readable in the history of the row.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone


def reopen(apps: Any, _schema_editor: Any) -> None:
    breach = apps.get_model("breaches", "Breach")
    proposal = apps.get_model("approvals", "Proposal")
    unheard = breach.objects.filter(decision__in=["", "confirmed"], said=b"").exclude(heard_on=None)
    waiting = proposal.objects.filter(
        kind="breach", decision="", subject__in=list(unheard.values_list("public_id", flat=True))
    )
    for row in waiting:
        row.decision, row.decided_at, row.decided_by_id = (
            "withdrawn", timezone.now(), row.proposed_by_id
        )  # fmt: skip
        row.save()
    for row in unheard:
        row.attempts = f"{row.heard_on}: {row.attempts}"
        row.heard_on, row.heard_by_id = None, None
        row.decision, row.decided_at, row.decided_by_id = "", None, None
        row.decision_reason = ""
        row.save()


class Migration(migrations.Migration):
    dependencies = [
        ("breaches", "0001_initial"),
        ("approvals", "0001_initial"),
    ]
    operations = [migrations.RunPython(reopen, migrations.RunPython.noop, elidable=True)]
