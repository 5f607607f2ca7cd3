"""A list of persons, or of rows about persons: what it shows and what leaves is logged."""

from typing import Any, ClassVar

from django.http import HttpRequest

from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.filters import is_asked_by_name
from apps.core.list_page import ListPage


class PersonListPage(ListPage):
    """One row in the access log for a page of the list, with the public ids that were shown."""

    fields_seen: ClassVar[str] = ""

    def person_of(self, row: Any) -> Any:
        """The person of a row, or the person's public id."""
        return getattr(row, "person", row)

    def log_view(self, request: HttpRequest, rows: list[Any]) -> None:
        """Who asks for a name leaves a line, found or not."""
        action = Action.SEARCH if is_asked_by_name(request) else Action.LIST
        self._log(request, rows, action)

    def log_export(self, request: HttpRequest, rows: list[Any], purpose: str) -> None:
        self._log(request, rows, Action.EXPORT, purpose)

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
