"""Transfers to look at: they are handed over and accepted on their pages."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.models import User
from apps.audit.admin_base import PersonalAdmin
from apps.persons.models import Person
from apps.transfers.models import Transfer


@admin.register(Transfer)
class TransferAdmin(PersonalAdmin):
    list_display = ("person", "town", "to_county", "to_town", "state", "asked_on",
                    "handed_over_on", "decided_on", "arrived_on")  # fmt: skip
    list_filter = ("state",)
    list_select_related = ("person", "town", "to_county", "to_town")
    search_fields = ("person__name__startswith",)
    ordering = ("-asked_on", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Every field is shown here: only those of persons in scope, never arriving ones."""
        persons = Person.objects.visible_to(cast(User, request.user))
        return super().get_queryset(request).filter(person__in=persons)
