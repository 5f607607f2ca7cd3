"""A list of persons, or of rows about persons: what it shows and what leaves is logged."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise

from apps.accounts.permissions import Permission
from apps.audit.models import Action
from apps.audit.services import log_access, public_ids
from apps.core.filters import is_asked_by_name
from apps.core.list_page import ListPage
from apps.core.masking import without_names


class PersonListPage(ListPage):
    """One row in the access log for a page of the list, with the public ids that were shown."""

    fields_seen: ClassVar[str] = ""
    whole_permission = Permission.PERSON_EXPORT_WHOLE

    def person_of(self, row: Any) -> Any:
        """The person of a row, or the person's public id."""
        return getattr(row, "person", row)

    def log_view(self, request: HttpRequest, rows: list[Any]) -> None:
        """Who asks for a name leaves a line, found or not."""
        action = Action.SEARCH if is_asked_by_name(request) else Action.LIST
        self._log(request, rows, action)

    def log_export(self, request: HttpRequest, rows: list[Any], purpose: str) -> None:
        """Masked or not, of how many, from which page."""
        action = Action.EXPORT_MASKED if self.is_masked else Action.EXPORT
        self._log(request, rows, action, purpose)

    def persons_in(self, rows: list[Any]) -> Iterable[UUID]:
        return public_ids(self.person_of(row) for row in rows)

    def names_in(self, row: Any) -> Iterable[str]:
        """Of the person, and of an entry that is no file yet."""
        told = (getattr(one, "name", "") for one in (self.person_of(row), row))
        return [name for name in told if isinstance(name, str) and name]

    def masked_cells(self, row: Any, cells: list[Any]) -> list[Any]:
        names = list(self.names_in(row))
        return [
            without_names(str(cell), names) if isinstance(cell, str | Model | Promise) else cell
            for cell in cells
        ]

    def _log(
        self, request: HttpRequest, rows: list[Any], action: Action, purpose: str = ""
    ) -> None:
        log_access(
            request,
            persons=(self.person_of(row) for row in rows),
            action=action,
            purpose=purpose,
            fields_seen=self.fields_seen,
        )
