"""The admin of rows about persons: every read is logged."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from apps.accounts.permissions import Permission
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.admin_base import RoleModelAdmin


class PersonalAdmin(RoleModelAdmin):
    """Seen by the records administrator of the county. A list and a row each leave a line."""

    see: ClassVar[Any] = (Permission.ADMIN_RECORDS,)
    # Names found while typing would be read without a line: never offered.
    autocompletes = False

    def persons_of(self, row: Any) -> list[Any]:
        return [getattr(row, "person", row)]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response: Any = super().changelist_view(request, extra_context)
        rows = getattr(response, "context_data", None) or {}
        if "cl" in rows:
            action = Action.SEARCH if rows["cl"].query else Action.LIST
            self._log(request, rows["cl"].result_list, action)
        return response  # type: ignore[no-any-return]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        response: Any = super().changeform_view(request, object_id, form_url, extra_context)
        self._log_one(request, getattr(response, "context_data", None) or {}, "original")
        return response  # type: ignore[no-any-return]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        response: Any = super().history_view(request, object_id, extra_context)
        self._log_one(request, response.context_data, "object")
        return response  # type: ignore[no-any-return]

    def _log_one(self, request: HttpRequest, context: dict[str, Any], name: str) -> None:
        if row := context.get(name):
            self._log(request, [row], Action.VIEW)

    def _log(self, request: HttpRequest, rows: Any, action: Action) -> None:
        seen = str(self.opts.model_name)
        persons = [person for row in rows for person in self.persons_of(row)]
        log_access(request, persons=persons, action=action, fields_seen=seen)
