"""What a line of the register states about the person, and what it lacks."""

from typing import Any, Final

from django.utils.translation import gettext as _

from apps.ledgers.ledger import LedgerEntry, Run
from apps.persons.codes import DocumentKind, LifeStatus

# Facts that are stored under the same name.
PLAIN: Final = ("sex", "ethnicity", "education", "marital", "phone", "substance", "employment")


def facts_of_person(facts: dict[str, Any]) -> dict[str, Any]:
    """All of a file that is not there yet."""
    return {
        "area": facts["area"],
        "name": facts["name"],
        "document_kind": facts["document_kind"] or DocumentKind.RESIDENT,
        "document_number": facts["document_number"],
        "life_status": life_status(facts),
        **stated(facts),
    }


def stated(facts: dict[str, Any]) -> dict[str, Any]:
    """What the line states besides name, number and unit; an empty cell states nothing."""
    said = {name: facts[name] for name in PLAIN if facts[name]}
    if facts["on_allowance"]:
        said["on_allowance"] = facts["on_allowance"] == "yes"
    for name in ("registration", "residence"):
        if found := facts["found"].get(name):
            said[f"{name}_area"] = found.area
            said[f"{name}_address"] = found.rest
        elif facts[name]:
            said[f"{name}_address"] = facts[name]
    return said


def life_status(facts: dict[str, Any]) -> str:
    return facts["measure"] if facts["measure"] in LifeStatus.values else ""


def note_no_worker(run: Run, entry: LedgerEntry) -> None:
    """No account, or more than one, has the name of the line."""
    run.report.miss("worker_unknown", _("No account for the worker named"), entry.row)


def note_no_place(run: Run, entry: LedgerEntry) -> None:
    if not entry.facts["found"]:
        run.report.miss("no_place", _("Town or village not known"), entry.row)
