"""Acts on the dictionary of programmes and on senders: their names leave the house in letters."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.assistance.models import LetterSender, Programme
from apps.assistance.refusing import store
from apps.assistance.telling import told_in
from apps.audit.acting import acting
from apps.core.refusals import Refused


@transaction.atomic
def save_programme(*, programme: Programme, by: User, **facts: Any) -> Programme:
    return _saved(programme, by, facts, ("name_zh", "name_en", "payer"))  # type: ignore[no-any-return]


@transaction.atomic
def save_sender(*, sender: LetterSender, by: User, **facts: Any) -> LetterSender:
    """Under which name a unit of the own area writes to others."""
    area = facts.get("area") or sender.area
    if by.area is not None and not by.area.today.contains(area.today):
        raise Refused(_("%(unit)s lies outside your area.") % {"unit": area.name})
    return _saved(sender, by, facts, ("name", "phone"))  # type: ignore[no-any-return]


def _saved(row: Any, by: User, facts: dict[str, Any], leaving: tuple[str, ...]) -> Any:
    for name, value in facts.items():
        setattr(row, name, value)
    for name in leaving:
        if word := told_in(str(getattr(row, name))):
            raise Refused(
                _("“%(word)s” tells of drugs, and this name stands on letters to other offices.")
                % {"word": word}
            )
    with acting(by):
        store(row)
    return row
