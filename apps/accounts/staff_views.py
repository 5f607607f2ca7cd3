"""Staff of one's own area, and one-time codes for them."""

from typing import Any, cast
from uuid import UUID

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.four_eyes import code_waits, needs_second
from apps.accounts.models import AccountProposal, User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import COUNTY_ROLES, Role
from apps.accounts.rules import CODE_LIFETIME, may_reset
from apps.accounts.services import ask_for_code, issue_code
from apps.accounts.tables import StaffTable
from apps.core.filters import BaseFilterSet, TextFilter
from apps.core.list_page import ListPage


class StaffFilters(BaseFilterSet):
    name = TextFilter(label=_("Name"), lookup_expr="icontains")
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=[c for c in Role.choices if c[0] != Role.BUILT_IN]
    )
    is_active = django_filters.BooleanFilter(label=_("May sign in"))

    class Meta:
        model = User
        fields = ["name", "role", "is_active"]


class StaffList(ListPage):
    permission = Permission.STAFF_RESET
    title = _("Staff")
    template_name = "accounts/staff_list.html"
    table_class = StaffTable
    filterset_class = StaffFilters
    default_sort = "unit"
    seen_by = _("Seen by: supervisors of the area and the system administrator")
    empty_title = _("Nobody works in this area yet")
    empty_words = _("Accounts are opened by the system administrator, or imported from a list.")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        user = cast(User, request.user)
        return {"opens_accounts": user.may(Permission.ADMIN_USERS)}

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user = cast(User, request.user)
        can_get_code = Q(role__in=user.definition.resets, is_active=True) & ~Q(pk=user.pk)
        users: QuerySet[Any] = User.objects.staff_of(user).select_related("area")
        found: QuerySet[Any] = users.annotate(can_get_code=can_get_code)
        return found


staff_list = StaffList.as_view()


@never_cache
@permission_required(Permission.STAFF_RESET)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_code(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Ask, then show the code once, on a slip to print and hand over."""
    user = get_object_or_404(
        User.objects.staff_of(request.user).select_related("area"), public_id=public_id
    )
    if not may_reset(request.user, user):
        raise PermissionDenied
    context: dict[str, Any] = {"person": user, "list_url": reverse("accounts:staff-list")}
    ask = needs_second(user.role, request.user) and not _confirmed(user, request.user)
    if request.method == "POST" and ask:
        ask_for_code(user=user, by=request.user)
        messages.info(request, _("A second person is asked. Come back when it is confirmed."))
        return redirect(request.path)
    if request.method == "POST":
        context["code"] = issue_code(user=user, by=request.user)
        context["valid_until"] = timezone.now() + CODE_LIFETIME
        context["address"] = request.build_absolute_uri(reverse("accounts:redeem-code"))
    elif ask:
        context |= {"ask": ask, "waiting": code_waits(user), "by_county": user.role in COUNTY_ROLES}
    return render(request, "accounts/staff_code.html", context)


def _confirmed(user: User, by: User) -> bool:
    """A second person has allowed `by` one code, not long ago."""
    return bool(AccountProposal.objects.usable(user, by, timezone.now()).exists())
