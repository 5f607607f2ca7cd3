"""The inbox: what waits for the user's decision, and one page to decide."""

from typing import Any
from uuid import UUID

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.approvals import services
from apps.approvals.kinds import KINDS, ProposalKind, Words, needs_reason
from apps.approvals.models import Decision, Proposal
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.filters import BaseFilterSet
from apps.core.form_fields import ReasonField
from apps.core.list_page import Page, Question
from apps.core.markup import tag_html
from apps.core.refusals import shown_in, status_of
from apps.core.tables import BaseTable, DayColumn, NameColumn

DECISION_TAGS = {"": "soon", "approved": "done", "rejected": "na", "withdrawn": "na"}
# What the two buttons say; anything else is no decision.
ANSWERS = {"approve": services.approve, "reject": services.reject}


class ProposalTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    kind_label = tables.Column(
        verbose_name=gettext_lazy("What"),
        order_by="kind",
        attrs={"td": {"class": "nowrap thin c-kind"}},
    )
    facts = tables.Column(
        accessor="facts_in_words",
        verbose_name=gettext_lazy("In words"),
        orderable=False,
        attrs={"td": {"class": "words"}},
    )
    proposed_by = tables.Column(
        verbose_name=gettext_lazy("Proposed by"), orderable=False, attrs={"td": {"class": "nowrap"}}
    )
    proposed_at = DayColumn(verbose_name=gettext_lazy("On"))
    decision = tables.Column(
        verbose_name=gettext_lazy("Decision"), empty_values=(), orderable=False
    )

    act = tables.Column(verbose_name="", empty_values=(), orderable=False)

    class Meta:
        model = Proposal
        fields = ("person", "kind_label", "facts", "proposed_by", "proposed_at", "decision", "act")

    def link_for(self, record: Proposal) -> str:
        return reverse("approvals:decide", args=[record.public_id])

    def render_decision(self, record: Any) -> str:
        if record.is_waiting and not record.mine_to_decide:
            return tag_html("inf", _("Waits for others"))
        return tag_html(DECISION_TAGS[record.decision], record.get_decision_display())

    def render_act(self, record: Any) -> SafeString:
        words = _("Decide") if record.mine_to_decide else pgettext("button", "Open")
        return format_html('<a class="btn" href="{}">{}</a>', self.link_for(record), words)


class ProposalFilters(BaseFilterSet):
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        empty_label=gettext_lazy("Waiting for me"),
        choices=[("mine", gettext_lazy("Proposed by me")), ("all", gettext_lazy("All"))],
        method="all_of_them",
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=lambda: [(k.code, k.label) for k in KINDS.values()]
    )
    area = AreaFilter()

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user: Any = getattr(self.request, "user", None)
        if user is not None and not user.may(Permission.APPROVE):
            self.filters["show"].extra["empty_label"] = gettext_lazy("Mine that wait for others")

    def all_of_them(self, queryset: Any, name: str, value: str) -> Any:
        return queryset


class Inbox(PersonListPage):
    """Everybody who works with persons: deciders see what waits for them, others their own."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Approvals")
    table_class = ProposalTable
    filterset_class = ProposalFilters
    is_written = True
    default_sort = "proposed_at"
    empty_title = gettext_lazy("Nothing waits for a decision")
    empty_words = gettext_lazy("What workers propose stands here until somebody has decided.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user: Any = request.user
        shown = Proposal.objects.visible_to(user)
        match request.GET.get("show"):
            case "all":
                found = shown
            case "mine":
                found = shown.filter(proposed_by=user)
            case _ if user.may(Permission.APPROVE):
                found = Proposal.objects.decidable_by(user)
            case _:
                found = shown.filter(proposed_by=user, decision=Decision.WAITING)
        return found.select_related("person", "proposed_by")

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        mine = Proposal.objects.decidable_by(request.user)  # type: ignore[arg-type]
        shown = mine.filter(pk__in=[row.pk for row in page.rows])
        ids = set(shown.values_list("pk", flat=True)) if page.rows else set()
        for row in page.rows:
            row.mine_to_decide = row.pk in ids
        return page


def waiting(user: User) -> QuerySet[Any]:
    """Counted in the side bar."""
    return Proposal.objects.decidable_by(user)


class DecisionForm(forms.Form):
    sometimes = ("reason",)
    reason = ReasonField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed to reject: whoever proposed it reads it."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_reason(kind):
            self.fields["reason"].needed = True  # type: ignore[attr-defined]
            self.fields["reason"].help_text = _("Whoever proposed it reads it.")

    @property
    def answer(self) -> str:
        """The button that was pressed."""
        return str(self.data.get("answer", ""))

    def clean(self) -> dict[str, Any]:
        if self.answer not in ANSWERS:
            raise forms.ValidationError(_("Nothing is decided yet: press Approve or Reject."))
        return self.cleaned_data


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PERSON_VIEW)
def decide(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What is proposed, and the two answers to it."""
    rows = Proposal.objects.visible_to(request.user)
    proposal = get_object_or_404(
        rows.select_related("person", "proposed_by", "decided_by"), public_id=public_id
    )
    log_access(request, persons=[proposal.person], action=Action.VIEW, fields_seen="proposal")
    form = DecisionForm(request.POST or None, kind=proposal.kind)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            ANSWERS[form.answer](proposal=proposal, by=request.user, **form.cleaned_data)
            messages.success(request, _("Decided."))
            return redirect("approvals:list")
        proposal.refresh_from_db()
    context = _shown(request.user, proposal) | {"form": form}
    status = status_of(form)
    if form.errors and not context["may_decide"]:
        status = 409  # decided meanwhile, or never the reader's to decide
    return render(request, "approvals/decide.html", context, status=status)


def _shown(user: User, proposal: Proposal) -> dict[str, Any]:
    kind = KINDS.get(proposal.kind)
    own = proposal.proposed_by_id == user.pk
    return {
        "proposal": proposal,
        "person": proposal.person,
        "kind": kind,
        "article": _article(kind, proposal) if kind else "",
        "own": own,
        "may_decide": bool(kind and proposal.is_waiting and not own and user.may(kind.permission)),
        "url": kind.subject_url(proposal) if kind else "",
        "decision_tag": DECISION_TAGS[proposal.decision],
    }


def _article(kind: ProposalKind, proposal: Proposal) -> Words:
    return kind.article(proposal) if callable(kind.article) else kind.article
