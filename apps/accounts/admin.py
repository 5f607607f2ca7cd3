"""Accounts in the admin of the system administrator; failed sign-ins for the auditor."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from apps.accounts import services
from apps.accounts.models import AccountProposal, ResetCode, SignInTry, User
from apps.accounts.permissions import Permission
from apps.accounts.roles import Role
from apps.areas.admin_search import SearchByUnit
from apps.core.admin_base import RoleModelAdmin, ServiceForm
from apps.core.choosing import NOTHING
from apps.core.refusals import Refused


class UserForm(ServiceForm):
    class Meta:
        model = User
        fields = ("username", "name", "phone", "role", "area", "villages", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            people = [choice for choice in Role.choices if choice[0] != Role.BUILT_IN]
            empty = [] if self.instance.pk else [NOTHING]
            cast(Any, self.fields["role"]).choices = [*empty, *people]

    def act(self, changes: dict[str, Any]) -> User:
        by = cast(User, self.request.user)
        if self.instance.pk is None:
            facts = {
                name: value for name, value in self.cleaned_data.items() if name != "is_active"
            }
            return services.create_account(by=by, **facts)
        if self.instance.pk == by.pk and changes.keys() & {"role", "area", "is_active"}:
            raise Refused(_("Nobody changes the own role, area or right to sign in."))
        return services.change_account(user=self.instance, by=by, **changes)


@admin.register(User)
class UserAdmin(SearchByUnit, RoleModelAdmin):
    form = UserForm
    edit = Permission.ADMIN_USERS
    may_add = True
    list_display = ("username", "name", "role", "area", "phone", "is_active", "last_login")
    list_filter = ("role", "is_active")
    list_select_related = ("area",)
    search_fields = ("username__startswith", "name__startswith")
    autocomplete_fields = ("area", "villages")
    ordering = ("username",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).people()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("username",) if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = UserForm.Meta.fields
        return names if obj else names[:-1]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Saved already; what waits for a second person is said."""
        by = cast(User, request.user)
        if AccountProposal.objects.waiting().filter(user=obj, proposed_by=by).exists():
            words = _(
                "Role, unit and the right to sign in of this account wait for a second person: see "
                "“Accounts to confirm”. The rest is stored."
            )
            messages.warning(request, words)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        """A new account needs a one-time code next, one of a higher role a second person."""
        if not obj.is_active:
            return redirect("accounts:second-list")
        return redirect("accounts:staff-code", public_id=obj.public_id)


@admin.register(ResetCode)
class ResetCodeAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_USERS, Permission.LOG_VIEW)
    list_display = ("user", "role", "issued_by", "confirmed_by", "on_server", "issued_at",
                    "expires_at", "used_at", "told_at")  # fmt: skip
    list_filter = ("role", "on_server")
    list_select_related = ("user", "issued_by", "confirmed_by")
    search_fields = ("user__username__startswith", "issued_by__username__startswith")
    fields = list_display
    ordering = ("-issued_at",)


@admin.register(AccountProposal)
class AccountProposalAdmin(RoleModelAdmin):
    """Who asked for codes and rights of higher roles, and who confirmed them."""

    see = (Permission.ADMIN_USERS, Permission.LOG_VIEW)
    list_display = ("user", "kind", "to_role", "to_area", "to_sign_in", "proposed_by",
                    "proposed_at", "decision", "decided_by", "decided_at", "used_at")  # fmt: skip
    list_filter = ("kind", "decision")
    list_select_related = ("user", "proposed_by", "decided_by", "to_area")
    search_fields = ("user__username__startswith", "proposed_by__username__startswith")
    fields = (*list_display, "without_area")
    ordering = ("-proposed_at",)


@admin.register(SignInTry)
class SignInTryAdmin(RoleModelAdmin):
    """What the throttle counts. What was typed is kept nowhere; the account is, if there is one."""

    see = (Permission.LOG_VIEW, Permission.ADMIN_USERS)
    list_display = ("at", "known_name", "way", "outcome", "address")
    list_filter = ("outcome", "way")
    list_select_related = ("user",)
    search_fields = ("address__startswith", "user__username__startswith")
    fields = ("at", "known_name", "way", "outcome", "address", "network", "at_home")
    ordering = ("-at",)

    @admin.display(description=_("User name"))
    def known_name(self, row: SignInTry) -> str:
        return row.user.username if row.user else str(_("no such account"))
