"""Everything that can be allowed, in one list, and how a view asks for it."""

from collections.abc import Callable
from enum import StrEnum, auto
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


class Permission(StrEnum):
    PERSON_VIEW = auto()
    PERSON_CREATE = auto()
    PERSON_EDIT = auto()
    PERSON_REVEAL = auto()
    PERSON_EXPORT = auto()
    PERSON_EXPORT_WHOLE = auto()
    PERSON_COMPARE = auto()
    PERSON_MERGE = auto()
    CASE_EDIT = auto()
    CASE_ASSIGN = auto()
    CASE_CLOSE = auto()
    APPROVE = auto()
    RISK_LEVEL_DECIDE = auto()
    LEAVE_RECORD = auto()
    SUSPENSION_RECORD = auto()
    CHECKIN_LOG = auto()
    TEST_DECIDE = auto()
    CHECKIN_CORRECT = auto()
    NEED_RECORD = auto()
    DRAW_VIEW = auto()
    DRAW_MAKE = auto()
    CAMPAIGN_OPEN = auto()
    ASSISTANCE_LEDGER = auto()
    ASSISTANCE_SEALED = auto()
    SEALED_FLAGS = auto()
    COUNSELLING_NOTES = auto()
    DOCUMENT_VIEW = auto()
    DOCUMENT_ISSUE = auto()
    DOCUMENT_TEMPLATES = auto()
    FIGURES_VIEW = auto()
    REPORT_MAKE = auto()
    REPORT_ANSWER = auto()
    LOOKUPS_VIEW = auto()
    STAFF_RESET = auto()
    ACCOUNT_CONFIRM = auto()
    LEDGER_IMPORT = auto()
    ADMIN_SITE = auto()
    ADMIN_RECORDS = auto()
    ADMIN_USERS = auto()
    ADMIN_AREAS = auto()
    ADMIN_RULES = auto()
    PLAN_VIEW = auto()
    LOG_VIEW = auto()


def permission_required(permission: Permission) -> Callable[[View], View]:
    """403 for a signed-in user whose role does not hold the permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated or not request.user.may(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate
