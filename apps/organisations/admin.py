"""The register of bodies, kept by the records administrator of the county."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.core.admin_base import RoleModelAdmin, ServiceForm
from apps.organisations import services
from apps.organisations.models import Organisation


class OrganisationForm(ServiceForm):
    class Meta:
        model = Organisation
        fields = ("name", "kind", "phone", "address", "town", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "town" in self.fields:
            county = cast(User, self.request.user).area
            towns = Area.objects.active().filter(parent=county).order_by("code")
            cast(Any, self.fields["town"]).queryset = towns

    def act(self, changes: dict[str, Any]) -> Organisation:
        by = cast(User, self.request.user)
        if self.instance.pk is None:
            return services.register_organisation(by=by, **self.cleaned_data)
        return services.change_organisation(organisation=self.instance, by=by, **changes)


@admin.register(Organisation)
class OrganisationAdmin(RoleModelAdmin):
    form = OrganisationForm
    edit = Permission.ADMIN_RECORDS
    may_add = True
    list_display = ("name", "kind", "phone", "town", "active")
    list_filter = ("kind", "active")
    list_select_related = ("town",)
    search_fields = ("name__contains", "phone__startswith")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return OrganisationForm.Meta.fields if obj else OrganisationForm.Meta.fields[:-1]
