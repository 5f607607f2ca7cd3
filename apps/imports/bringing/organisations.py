"""Bodies of a county: new ones are registered, and what a list says otherwise is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.areas.models import Area
from apps.audit.acting import acting
from apps.imports.bringing.deciding import is_held, split
from apps.ledgers.ledger import LedgerEntry, Run, row_by_row
from apps.ledgers.report import CHANGED, HELD, NEW, UNCHANGED
from apps.organisations.models import Organisation
from apps.organisations.services import change_organisation, register_organisation


@dataclass
class Bodies:
    """The county of the import and its bodies, by kind and name."""

    county: Area | None
    by_name: dict[tuple[str, str], Organisation]


def find_organisations(run: Run, _rows: Iterable[dict[str, Any]]) -> None:
    county = run.area.county if run.area else run.places.county
    rows = Organisation.objects.filter(county__in=county.scope_ids if county else ())
    rows = rows.select_related("county", "town").order_by("active", "pk")
    run.known = Bodies(county, {(row.kind, row.name): row for row in rows})


def bring_in_organisation(run: Run, entry: LedgerEntry) -> str:
    """One line: a new entry, or what is different; a closed entry stays closed."""
    with acting(run.by, run.file_name):
        return _bring_in(run, entry)


def _bring_in(run: Run, entry: LedgerEntry) -> str:
    facts = entry.facts
    stated = {name: facts[name] for name in ("phone", "address") if facts[name]}
    if facts["town_area"]:
        stated["town"] = facts["town_area"]
    elif facts["town"]:
        run.report.miss("no_place", _("Town or village not known"), entry.row)
    row = run.known.by_name.get((facts["kind"], facts["name"]))
    if row is None:
        register_organisation(
            by=run.by, name=facts["name"], kind=facts["kind"], county=facts["county"], **stated
        )
        return NEW
    if not row.active:
        run.report.miss("closed", _("The entry is closed, and stays as it was"), entry.row)
        return UNCHANGED
    different = split(run, entry, row, stated)
    if different:
        change_organisation(organisation=row, by=run.by, **different)
    if is_held(run, entry):
        return HELD
    return CHANGED if different else UNCHANGED


bring_in_organisations: Final = row_by_row(bring_in_organisation)
