"""What waits for a second person, and the page on which it is answered."""

from typing import Any, cast
from uuid import UUID

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from apps.accounts import deciding
from apps.accounts.models import AccountProposal, User
from apps.accounts.models.proposals import AccountDecision, AccountProposalKind
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import Role
from apps.core.filters import BaseFilterSet
from apps.core.list_page import ListPage
from apps.core.markup import tag_html
from apps.core.refusals import Refused
from apps.core.tables import BaseTable, DayColumn, NameColumn

TAGS = {"": "soon", "confirmed": "done", "rejected": "na", "withdrawn": "na"}
ANSWERS = {"confirm": deciding.confirm, "reject": deciding.reject, "withdraw": deciding.withdraw}


class AccountProposalTable(BaseTable):
    user = NameColumn(verbose_name=gettext_lazy("Account"), order_by="user__name")
    kind = tables.Column(
        verbose_name=gettext_lazy("What"), accessor="get_kind_display", order_by="kind"
    )
    role = tables.Column(verbose_name=gettext_lazy("Role"), accessor="user", orderable=False)
    unit = tables.Column(verbose_name=gettext_lazy("Unit"), accessor="user", orderable=False)
    proposed_by = tables.Column(verbose_name=gettext_lazy("Asked for by"), orderable=False)
    proposed_at = DayColumn(verbose_name=gettext_lazy("On"))
    decision = tables.Column(
        verbose_name=gettext_lazy("Decision"), empty_values=(), orderable=False
    )

    act = tables.Column(verbose_name="", empty_values=(), orderable=False)

    class Meta:
        model = AccountProposal
        fields = ("user", "kind", "role", "unit", "proposed_by", "proposed_at", "decision", "act")

    def link_for(self, record: AccountProposal) -> str:
        return reverse("accounts:second", args=[record.public_id])

    def render_role(self, record: AccountProposal) -> str:
        now = record.user.get_role_display()
        return f"{now} → {Role(record.to_role).label}" if record.to_role else str(now)

    def render_unit(self, record: AccountProposal) -> str:
        now = str(record.user.unit or "–")
        if record.to_area is None and not record.without_area:
            return now
        return f"{now} → {record.to_area.name if record.to_area else '–'}"

    def render_act(self, record: Any) -> SafeString:
        """Answered in the row; who may not is led to the page that says what is asked for."""
        url = self.link_for(record)
        if not record.mine_to_decide:
            return format_html('<a class="btn" href="{}">{}</a>', url, pgettext("button", "Open"))
        answers = (("confirm", _("Confirm"), " btn-primary"), ("reject", _("Reject"), ""))
        buttons = format_html_join(
            "",
            '<button class="btn{3}" form="answer" formaction="{0}" name="answer" value="{1}" '
            'aria-label="{4}">{2}</button>',
            ((url, value, words, css, f"{words}: {record}") for value, words, css in answers),
        )
        return format_html('<div class="btns">{}</div>', buttons)

    def render_decision(self, record: Any) -> str:
        if record.is_waiting and not record.mine_to_decide:
            return tag_html("inf", _("Waits for others"))
        return tag_html(TAGS[record.decision], record.get_decision_display())


class AccountProposalFilters(BaseFilterSet):
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        empty_label=gettext_lazy("Waiting"),
        choices=[("mine", gettext_lazy("Asked for by me")), ("all", gettext_lazy("All"))],
        method="all_of_them",
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=AccountProposalKind.choices
    )

    class Meta:
        model = AccountProposal
        fields: list[str] = []

    def all_of_them(self, queryset: Any, name: str, value: str) -> Any:
        return queryset


class SecondList(ListPage):
    permission = Permission.ACCOUNT_CONFIRM
    template_name = "accounts/second_list.html"
    title = gettext_lazy("Accounts to confirm")
    table_class = AccountProposalTable
    filterset_class = AccountProposalFilters
    default_sort = "proposed_at"
    seen_by = gettext_lazy("Seen by: those who may confirm it, and who asked")
    empty_title = gettext_lazy("Nothing waits for a second person")
    empty_words = gettext_lazy(
        "Codes and rights of supervisors and administrators stand here until somebody else than "
        "who asked has confirmed them."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user = cast(User, request.user)
        rows = AccountProposal.objects
        match request.GET.get("show"):
            case "all":
                found = rows.shown_to(user)
            case "mine":
                found = rows.filter(proposed_by=user)
            case _:
                # Who asked looks here for what became of it.
                found = rows.shown_to(user).waiting()
        mine = AccountProposal.objects.decidable_by(user).filter(pk=OuterRef("pk"))
        return found.annotate(mine_to_decide=Exists(mine)).select_related(
            "user__area", "proposed_by", "to_area"
        )


def waiting(user: User) -> QuerySet[Any]:
    """Counted in the side bar."""
    return AccountProposal.objects.decidable_by(user)


@permission_required(Permission.ACCOUNT_CONFIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What is asked for, by whom, and the answers to it."""
    rows = AccountProposal.objects.shown_to(request.user).select_related(
        "user__area", "proposed_by", "decided_by", "to_area"
    )
    proposal = get_object_or_404(rows, public_id=public_id)
    if request.method == "POST":
        answer = ANSWERS.get(request.POST.get("answer", ""))
        if answer is None:
            raise Refused(_("Nothing is decided yet: press one of the buttons."))
        answer(proposal=proposal, by=request.user)
        messages.success(request, _("Decided."))
        return redirect("accounts:second-list")
    own = proposal.proposed_by_id == request.user.pk
    context = {
        "proposal": proposal,
        "own": own,
        "may_confirm": deciding.may_confirm(request.user, proposal),
        "tag": TAGS[proposal.decision],
        "to_role": Role(proposal.to_role).label if proposal.to_role else "",
        "makes_code": own
        and proposal.decision == AccountDecision.CONFIRMED
        and not proposal.used_at
        and proposal.kind != AccountProposalKind.CHANGE,
    }
    return render(request, "accounts/second.html", context)
