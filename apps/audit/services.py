"""Writing the access log."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.requests import SignedInRequest
from apps.areas.models import Area
from apps.audit.models import AccessLog, Action
from apps.audit.reading import note_logged

# These are logged even when they found nobody: the question alone says something.
LOGGED_WHEN_EMPTY = frozenset(
    {Action.SEARCH, Action.EXPORT, Action.EXPORT_MASKED, Action.OUTSIDE, Action.PRINT}
)


def log_access(
    by: HttpRequest | SignedInRequest | User,
    *,
    persons: Iterable[Any],
    action: Action | str,
    purpose: str = "",
    fields_seen: str = "",
    view: str = "",
    county_code: str = "",
) -> AccessLog | None:
    """Note who read whom: one row, for a list too, with the public ids that were shown.

    `persons` are persons or public ids. The row is written in the transaction of the read, and an
    error goes through: what cannot be logged is not shown. An empty list leaves no row.
    """
    ids = public_ids(persons)
    if not ids and action not in LOGGED_WHEN_EMPTY:
        return None
    user, request = (by, None) if isinstance(by, User) else (cast(User, by.user), by)
    match = request.resolver_match if request else None
    note_logged(ids)
    area_code = user.area.code if user.area else ""
    return AccessLog.objects.create(
        at=timezone.now(),
        user_id=user.pk,
        username=user.username,
        role=user.role,
        area_code=area_code,
        county_code=county_code or _county_of(user.area),
        action=action,
        person_ids=ids,
        person_count=len(ids),
        fields_seen=fields_seen,
        purpose=purpose,
        view=view or (match.view_name if match else ""),
        request_id=getattr(request, "request_id", None),
    )


def public_ids(persons: Iterable[Any]) -> list[UUID]:
    """Each person once, in the order shown."""
    ids = (person if isinstance(person, UUID) else person.public_id for person in persons)
    return list(dict.fromkeys(ids))


def _county_of(area: Area | None) -> str:
    """A user sees persons of the own county only, unless the caller says otherwise."""
    county = area.county if area else None
    return county.code if county else ""
