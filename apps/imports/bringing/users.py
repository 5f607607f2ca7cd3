"""Accounts of the staff, without passwords: a one-time code is handed over in person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.names import sign_in_name
from apps.accounts.services import change_account, create_account
from apps.areas.models import Area, Level
from apps.audit.acting import acting
from apps.core.refusals import Refused
from apps.core.text import mark
from apps.imports.bringing.deciding import is_held, split
from apps.ledgers.ledger import LedgerEntry, Run, row_by_row
from apps.ledgers.places import forms_of


@dataclass
class Accounts:
    """Accounts of the file's user names, units of its codes, and villages as they are asked for."""

    by_username: dict[str, User]
    areas: dict[str, Area]
    _villages: dict[int, dict[str, Area]] = field(default_factory=dict)

    def village(self, unit: Area, name: str) -> Area | None:
        """A village of the unit by its code, its name or another form of it."""
        if unit.pk not in self._villages:
            villages = Area.objects.under(unit.today).at(Level.VILLAGE)
            below = list(villages.select_related("merged_into"))
            self._villages[unit.pk] = forms_of(below) | {area.code: area for area in below}
        found = self._villages[unit.pk].get(name)
        return found.today if found else None


def find_accounts(run: Run, rows: Iterable[dict[str, Any]]) -> None:
    """Accounts and units that the file names, in three queries."""
    rows = list(rows)
    users = User.objects.filter(
        username__in={sign_in_name(row.get("username", "")) for row in rows}
    )
    areas = Area.objects.shown().filter(code__in={row.get("area_code", "") for row in rows})
    run.known = Accounts(
        {user.username: user for user in users.select_related("area").prefetch_related("villages")},
        {area.code: area for area in areas.select_related("merged_into")},
    )


def bring_in_user(run: Run, entry: LedgerEntry) -> str:
    """One line: a new account, or what is different in the one there is."""
    with acting(run.by, run.file_name):
        return _bring_in(run, entry)


def _bring_in(run: Run, entry: LedgerEntry) -> str:
    facts = entry.facts
    user = run.known.by_username.get(facts["username"])
    stated = {name: facts[name] for name in ("name", "role", "area", "phone") if facts[name]}
    if user is None:
        create_account(
            username=facts["username"],
            by=run.by,
            villages=facts["village_areas"],
            **({"area": None} | stated),
        )
        return "new"
    if run.area and not (user.area and run.area.contains(user.area)):
        raise Refused(_("An account of this name belongs to another unit."))
    different = split(run, entry, user, stated)
    named = {area.pk for area in facts["village_areas"]}
    villages = named and named != {area.pk for area in user.villages.all()}
    if villages:
        label = str(User._meta.get_field("villages").verbose_name)
        before, after = (
            mark("list").join(sorted(area.name for area in areas)) or "–"
            for areas in (user.villages.all(), facts["village_areas"])
        )
        run.report.note_changes(entry.row, [(label, before, after)])
    if different or villages:
        change_account(
            user=user, by=run.by, villages=facts["village_areas"] if villages else None, **different
        )
    if is_held(run, entry):
        return "held"
    return "changed" if different or villages else "unchanged"


bring_in_users: Final = row_by_row(bring_in_user)
