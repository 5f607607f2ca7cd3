"""The tables of plans: how often, for whom, where and from when; and what a change would do."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage
from apps.core.refusals import shown_in, status_of
from apps.core.text import full_day, sentences
from apps.schedule.models import PlanRule
from apps.schedule.plan_forms import PlanForm, RemovePlanForm, TemplateForm
from apps.schedule.plan_removal import together
from apps.schedule.plan_templates import choose_template, others, proposed, refuse_others
from apps.schedule.services import cases_under, go_on_laying_out, set_plan
from apps.schedule.simulating import PlanEffect, simulate


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADMIN_RULES)
def new(request: SignedInRequest) -> HttpResponse:
    """First what it would do, then the change itself."""
    form = PlanForm(request.POST or None, initial=_initial(request))
    effect: PlanEffect | None = None
    if request.method == "POST" and form.is_valid():
        proposed = form.proposed()
        with shown_in(form):
            if request.POST.get("act") == "apply":
                return _applied(request, form)
            effect = simulate([proposed], cases_under(proposed))
    context = {
        "form": form,
        "effect": effect,
        "heading": _("Change a plan"),
        "list": reverse("plans:list"),
    }
    return render(request, "schedule/plan_new.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADMIN_RULES)
def choose(request: SignedInRequest) -> HttpResponse:
    """A plan of tests as a whole: first what it would do, then the change itself."""
    form = TemplateForm(request.POST or None)
    effect: PlanEffect | None = None
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        with shown_in(form):
            if request.POST.get("act") == "apply":
                basis = form.cleaned_data["basis"]
                rule = choose_template(by=request.user, basis=basis, **facts)
                return _laid_out(request, rule)
            refuse_others(**facts)
            rules = proposed(**facts)
            ended = others(**facts).values_list("pk", flat=True)
            effect = simulate(rules, cases_under(rules[0]), ended=frozenset(ended))
    context = {
        "form": form, "effect": effect, "heading": _("Choose a plan of tests"),
        "list": reverse("plans:list"),
    }  # fmt: skip
    return render(request, "schedule/plan_template.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADMIN_RULES)
def lay_out(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """Windows of the cases under a rule, two hundred at a time, with progress."""
    rule = get_object_or_404(PlanRule.with_removed, pk=rule_id)
    if request.method == "POST":
        rule = go_on_laying_out(rule=rule)
    total = len(cases_under(rule))
    done_to = rule.laid_out_to
    left = 0 if done_to is None else len(cases_under(rule, after=done_to))
    context = {"rule": rule, "total": total, "made": total - left, "left": left}
    part = "#progress" if request.htmx else ""
    return render(request, f"schedule/plan_progress.html{part}", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADMIN_RULES)
def remove(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """A rule that has not begun, with the plan that it is part of."""
    rule = get_object_or_404(PlanRule, pk=rule_id)
    form = RemovePlanForm(request.POST or None, user=request.user, target=rule)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            return _laid_out(request, form.perform(), _("The plan is removed."))
    page = ActPage(
        title=_("Remove a plan"), subject=f"{rule} · {full_day(rule.effective_from)}", done="",
        back=reverse("plans:list"), button=_("Remove"), words=_removal_words(rule),
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


def _removal_words(rule: PlanRule) -> str:
    n = together(rule).count()
    parts = ngettext("%(n)s rule goes.", "%(n)s rules of the plan go together.", n) % {"n": n}
    return sentences(
        parts,
        _(
            "What would have ended goes on; windows are laid out anew. The \
rule stays in the list of ended ones with the reason."
        ),
    )


def _initial(request: SignedInRequest) -> dict[str, Any]:
    """A rule of the table as the beginning of its successor."""
    asked = request.GET.get("like", "")
    like = PlanRule.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None
    return PlanForm.like(like)


def _applied(request: SignedInRequest, form: PlanForm) -> HttpResponse:
    return _laid_out(request, set_plan(by=request.user, in_pieces=True, **form.facts()))


def _laid_out(request: SignedInRequest, rule: PlanRule, done: str = "") -> HttpResponse:
    """The first piece; what is left has its own page."""
    rule = go_on_laying_out(rule=rule)
    if rule.is_being_laid_out:
        return redirect("plans:lay-out", rule.pk)
    messages.success(request, done or _("The rule is in effect; the windows are laid out."))
    return redirect("plans:list")
