"""List pages that show persons: what was shown and what left is in the access log."""

from typing import Any, ClassVar

from django.http import HttpRequest

from apps.accounts.permissions import Permission
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.list_page import ListPage


class PersonListPage(ListPage):
    """`person_path` leads from a row to its person; empty where the row is the person."""

    person_path: ClassVar[str] = "person"
    export_permission: ClassVar[str] = Permission.PERSON_EXPORT

    def persons_of(self, rows: list[Any]) -> list[Any]:
        return [getattr(row, self.person_path) if self.person_path else row for row in rows]

    def log_view(self, request: HttpRequest, rows: list[Any]) -> None:
        log_access(request, persons=self.persons_of(rows), action=Action.LIST)

    def log_export(self, request: HttpRequest, rows: list[Any], purpose: str) -> None:
        log_access(request, persons=self.persons_of(rows), action=Action.EXPORT, purpose=purpose)
