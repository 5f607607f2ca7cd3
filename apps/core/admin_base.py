"""What every page of the admin keeps to: rights from the role, scope, nothing deleted."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from apps.core import text
from apps.core.admin_list import (
    KeptChangeList,
    answered_lookups,
    drop_words,
    in_calendar,
    keep_words,
)
from apps.core.choosing import NOTHING, with_nothing
from apps.core.days import FIRST_DAY
from apps.core.fields import EncryptedTextField
from apps.core.form_fields import Bound, DayField, TextField
from apps.core.refusals import Refused

COUNT_CAP = 10_000
# Django ends each label with the translation of this sign; its own Chinese one is half as wide.
LABEL_END = gettext_lazy(":")


class CheapPaginator(Paginator):  # type: ignore[type-arg]
    """Counting stops at ten thousand: nobody turns that many pages."""

    @cached_property
    def count(self) -> int:
        found: Any = self.object_list
        return int(found.order_by()[:COUNT_CAP].count())


class AdminDayField(DayField):
    """Rules of the past and births too; `days` of an admin narrows it."""

    earliest: Bound = FIRST_DAY


class RoleModelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rights come from the role. `see` and `edit` name permissions; nothing is ever deleted.

    `edit` empty: read-only. `may_add`: rows can be opened here, too.
    """

    see: ClassVar[Sequence[str]] = ()
    edit: ClassVar[str] = ""
    may_add: ClassVar[bool] = False
    actions: Any = None
    # Narrower bounds of days: name of the field → `earliest`, `latest`.
    days: ClassVar[dict[str, dict[str, Bound]]] = {}
    formfield_overrides = {
        models.CharField: {"form_class": TextField},
        models.TextField: {"form_class": TextField},
        models.DateField: {"form_class": AdminDayField, "widget": AdminDateWidget},
    }
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    paginator = CheapPaginator
    view_on_site = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may(request, *self.see) or self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.edit) and _may(request, self.edit)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Scoped models begin with `visible_to`, as everywhere."""
        found: Any = super().get_queryset(request)
        return found.visible_to(request.user) if hasattr(found, "visible_to") else found

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        options = kwargs | self.days.get(db_field.name, {})
        return with_nothing(super().formfield_for_dbfield(db_field, request, **options))

    def get_action_choices(self, request: HttpRequest, default_choices: Any = ()) -> Any:
        return super().get_action_choices(request, [NOTHING])

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:  # type: ignore[override]
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"request": request})

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Only what `list_filter` and `date_hierarchy` name: nobody feels for hidden values."""
        if "\0" in str(value):
            return False
        named = answered_lookups(self.model, self.get_list_filter(request))
        return lookup in named or in_calendar(lookup, value, self.date_hierarchy)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeptChangeList]:
        return KeptChangeList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Words that are looked for are posted, and kept in the session."""
        if request.method == "POST" and SEARCH_VAR in request.POST:
            if not self.has_view_or_change_permission(request):
                raise PermissionDenied
            return keep_words(request)
        drop_words(request)
        answer: HttpResponse = super().changelist_view(request, extra_context)  # type: ignore[assignment]
        return answer

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """A form that is sent back says so by its status, as on the pages."""
        answer = super().render_change_form(request, context, **kwargs)
        if context["errors"]:
            answer.status_code = 422
        return answer

    def masked(self) -> list[str]:
        """Encrypted numbers and phones of the model."""
        columns = self.opts.get_fields()
        return [
            f.name for f in columns if f.name in text.MASKS and isinstance(f, EncryptedTextField)
        ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where they are only read, numbers and phones are stars."""
        stars = {name: f"masked_{name}" for name in self.masked()}
        names = (stars.get(str(name), name) for name in super().get_fields(request, obj))
        return list(dict.fromkeys(names))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        stars = [f"masked_{name}" for name in self.masked()]
        return [*super().get_readonly_fields(request, obj), *stars]

    @admin.display(description=gettext_lazy("document number"))
    def masked_document_number(self, row: Any) -> str:
        return text.MASKS["document_number"](row.document_number)

    @admin.display(description=gettext_lazy("phone"))
    def masked_phone(self, row: Any) -> str:
        return text.MASKS["phone"](row.phone)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """A ServiceForm has saved already, by its service."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """As save_model."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The history of the row is kept by triggers; a second one would hold names in clear."""

    log_change = log_addition  # type: ignore[assignment]

    def get_urls(self) -> list[Any]:
        """Without the page that deletes and the old form of an address."""
        named = [(url.name or "", url) for url in super().get_urls()]
        return [url for name, url in named if name and not name.endswith("_delete")]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what, in words."""
        obj = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        if obj is None:
            raise Http404
        site: Any = self.admin_site
        context = {
            **site.each_context(request),
            "title": _("History: %(what)s") % {"what": obj},
            "object": obj,
            "opts": self.opts,
            "entries": site.history_of(obj, request.user),
        }
        return TemplateResponse(request, "admin/history.html", context)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Out of scope and not there are the same: 404."""
        raise Http404


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Saved by a service; what the service refuses stands over the form and nothing is stored."""

    request: HttpRequest

    def act(self, changes: dict[str, Any]) -> Any:
        """Call the service with what was changed, and return the row."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance = self.act({n: self.cleaned_data[n] for n in self.changed_data})
        except Refused as refusal:
            self.add_error(None, str(refusal))

    def save(self, commit: bool = True) -> Any:
        self.save_m2m = lambda: None  # type: ignore[method-assign]
        return self.instance


def _may(request: HttpRequest, *permissions: str) -> bool:
    user: Any = request.user
    return user.is_authenticated and any(user.may(permission) for permission in permissions)


ACTION_CHECKBOX = helpers.ACTION_CHECKBOX_NAME
