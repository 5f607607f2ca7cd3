"""Django's admin as part of the product: our sign-in, our colours, history in words."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

# Addresses that the product has already, and one that tells whether a row exists.
DROPPED = frozenset({"login", "logout", "password_change", "password_change_done", "view_on_site"})
# Groups are not used, roles are code; history is read at its row, in words.
NOT_SHOWN = frozenset({"auth", "pghistory"})


class ScopedAutocomplete(AutocompleteJsonView):
    """Never for persons: what is found while typing would leave no line in the access log."""

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = getattr(self.model_admin, "autocompletes", True)
        return allowed and super().has_perm(request, obj)

    def get_queryset(self) -> Any:
        """A list shows more than a field is offered, where its admin says so."""
        found = super().get_queryset()
        offered = getattr(self.model_admin, "offered", None)
        return offered(found) if offered else found

    def process_request(self, request: HttpRequest) -> Any:
        """What is typed has no end of text within it, which a database refuses."""
        term, *rest = super().process_request(request)
        return (term.replace("\0", " "), *rest)


class HomewardAdminSite(AdminSite):
    site_header = _("Homeward · Admin")
    site_title = _("Homeward")
    index_title = _("Records, accounts, rules and logs")
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Roles without the admin get 403, not a second sign-in page."""
        user: Any = request.user
        if user.is_authenticated and not user.is_staff:
            raise PermissionDenied
        return bool(user.is_authenticated)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = (
            model_or_iterable
            if isinstance(model_or_iterable, list | tuple)
            else [model_or_iterable]
        )
        shown = [model for model in models if model._meta.app_label not in NOT_SHOWN]
        super().register(shown, admin_class, **options)

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", "") not in DROPPED]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        view = ScopedAutocomplete.as_view(admin_site=self)
        response: HttpResponse = view(request)  # type: ignore[assignment]
        return response

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        if not self.get_app_list(request, app_label):
            raise PermissionDenied
        return super().app_index(request, app_label, extra_context)

    def history_of(self, row: Any, reader: Any) -> list[Any]:
        """History in words, for models that are tracked."""
        from apps.audit.history import history_of

        return history_of(row, reader=reader) if hasattr(row, "events") else []


class HomewardAdminConfig(AdminConfig):
    default_site = "config.admin.HomewardAdminSite"
