"""Programmes, budgets and senders are kept here; help and its ledger are looked at."""

from typing import Any, Final, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.accounts.unit_admin import UnitAdmin
from apps.assistance import dictionary
from apps.assistance.models import (
    Assistance,
    AssistanceStep,
    Budget,
    LetterSender,
    Look,
    MonthClosing,
    Payment,
    Programme,
    SameHelpQuestion,
)
from apps.assistance.services import set_budget
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin, ServiceForm
from apps.core.money import YuanField


class ProgrammeForm(ServiceForm):
    class Meta:
        model = Programme
        fields = (
            "code", "kind", "name_zh", "name_en", "basis", "payer", "rhythm", "recipient",
            "needs_decision", "advice_zh", "advice_en", "restricted", "active",
        )  # fmt: skip

    def act(self, changes: dict[str, Any]) -> Programme:
        by = cast(Any, self.request.user)
        facts = changes if self.instance.pk else self.cleaned_data
        return dictionary.save_programme(programme=self.instance, by=by, **facts)


@admin.register(Programme)
class ProgrammeAdmin(RoleModelAdmin):
    form = ProgrammeForm
    see = (Permission.ADMIN_RULES, Permission.ADMIN_RECORDS)
    edit = Permission.ADMIN_RULES
    may_add = True
    list_display = ("code", "kind", "name_zh", "payer", "rhythm", "restricted", "active")
    list_filter = ("rhythm", "active")
    search_fields = ("name_zh__contains", "name_en__icontains")
    ordering = ("code",)
    fields = ProgrammeForm.Meta.fields

    def get_queryset(self, request: HttpRequest) -> Any:
        """Whoever keeps the dictionary keeps all of it; it says nothing of anybody."""
        found = super().get_queryset(request)
        user = cast(Any, request.user)
        return found if user.may(Permission.ADMIN_RULES) else found.known_to(user)


class SenderForm(ServiceForm):
    class Meta:
        model = LetterSender
        fields = ("area", "name", "phone")

    def act(self, changes: dict[str, Any]) -> LetterSender:
        by = cast(Any, self.request.user)
        facts = changes if self.instance.pk else self.cleaned_data
        return dictionary.save_sender(sender=self.instance, by=by, **facts)


@admin.register(LetterSender)
class LetterSenderAdmin(RoleModelAdmin):
    form = SenderForm
    see = (Permission.ADMIN_RECORDS,)
    edit = Permission.ADMIN_RECORDS
    may_add = True
    list_display = ("area", "name", "phone")
    list_select_related = ("area",)
    search_fields = ("name__contains",)
    ordering = ("area__code",)
    autocomplete_fields = ("area",)
    fields = SenderForm.Meta.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("area",) if obj else ()


class _Looked(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)


class _InYuan:
    @admin.display(description=_("Yuan"), ordering="amount_fen")
    def yuan(self, row: Any) -> str:
        return str(row.amount)


BUDGET_OF: Final = ("programme", "area", "year")


class BudgetForm(ServiceForm):
    amount = YuanField(label=_("Yuan"))

    class Meta:
        model = Budget
        fields = BUDGET_OF

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["amount"] = self.instance.amount_fen
        elif "programme" in self.fields:
            known: Any = self.fields["programme"]
            known.queryset = Programme.objects.offered_to(cast(Any, self.request.user))

    def act(self, changes: dict[str, Any]) -> Budget:
        facts, row = self.cleaned_data, self.instance
        of = {name: facts[name] if name in facts else getattr(row, name) for name in BUDGET_OF}
        by = cast(Any, self.request.user)
        return set_budget(**of, amount_fen=facts["amount"], by=by)


@admin.register(Budget)
class BudgetAdmin(_InYuan, UnitAdmin):
    form = BudgetForm
    edit = Permission.ADMIN_RECORDS
    list_display = ("programme", "area", "year", "yuan", "recorded_by")
    list_filter = ("year",)
    list_select_related = ("programme", "area", "recorded_by")
    ordering = ("-year", "pk")
    stays = BUDGET_OF
    fields = (*BUDGET_OF, "amount")


@admin.register(MonthClosing)
class MonthClosingAdmin(_Looked):
    list_display = ("area", "month", "closed_by", "closed_at")
    list_select_related = ("area", "closed_by")
    ordering = ("-month", "pk")


@admin.register(Assistance)
class AssistanceAdmin(PersonalAdmin):
    list_display = ("person", "programme", "beneficiary", "found_on", "state", "delivered_on")
    list_filter = ("state", "source")
    list_select_related = ("person", "programme")
    search_fields = ("person__name__startswith",)
    ordering = ("-found_on", "-pk")
    exclude = ("client_uuid",)


@admin.register(AssistanceStep)
class AssistanceStepAdmin(PersonalAdmin):
    list_display = ("person", "kind", "day", "to_words", "recorded_by", "withdrawn_at")
    list_filter = ("kind",)
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-day", "-pk")
    exclude = ("client_uuid",)


@admin.register(Payment)
class PaymentAdmin(_InYuan, PersonalAdmin):
    list_display = ("paid_on", "person", "programme", "yuan", "how", "receipt", "recorded_by")
    list_filter = ("how", "receipt")
    list_select_related = ("person", "programme", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-paid_on", "-pk")
    exclude = ("client_uuid", "amount_fen")
    readonly_fields = ("yuan",)


@admin.register(Look)
class LookAdmin(PersonalAdmin):
    list_display = ("person", "after", "looked_on", "changed", "recorded_by", "withdrawn_at")
    list_filter = ("after", "changed")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-looked_on", "-pk")
    exclude = ("client_uuid",)


@admin.register(SameHelpQuestion)
class SameHelpQuestionAdmin(PersonalAdmin):
    list_display = ("person", "asked_on", "asked_by", "first", "last")
    list_select_related = ("person", "asked_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)
    exclude = ("is_given",)
