"""Pages of periodic reports: prepare, freeze, read, take out, send, answer; forms and calendar."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.models import Area
from apps.audit.act_page import ActPage, show_act
from apps.core.exports import file_response
from apps.core.refusals import shown_in, status_of
from apps.documents.access import download
from apps.documents.codes import MediaType
from apps.periodic import forms
from apps.periodic.codes import Every
from apps.periodic.forms_of_offices import form_for, placeholders
from apps.periodic.frozen_rows import page_of
from apps.periodic.lists import state_of
from apps.periodic.models import PeriodicReport, ReportRule, ReportTemplate
from apps.periodic.papers import docx_of, sheet_of
from apps.periodic.services import answers, period_for, receiver_of
from apps.periodic.shown import (
    NO_UNIT,
    ReportTable,
    changes_of,
    frozen_table,
    hidden_from,
    with_sealed,
)
from apps.reports.breakdown import break_down
from apps.reports.indicators import FIGURES, expanded


@permission_required(Permission.REPORT_MAKE)
@require_http_methods(["GET", "POST"])
def preview(request: SignedInRequest) -> HttpResponse:
    """The report as it would be now; frozen from here."""
    asked = forms.PreviewForm(request.GET or None, own=_own(request))
    unit, every, (first, last) = asked.asked()
    if asked.is_bound and asked.is_valid():
        asked.refuse()
    known = PeriodicReport.objects.made_by(unit).of_days(every, first, last).newest().first()
    form = forms.FreezeForm(
        request.POST or None, user=request.user, target=unit, corrects=known is not None,
        initial={"shown_every": every, "shown_first": first, "shown_last": last},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and not asked.errors:
        with shown_in(form):
            made = form.perform()
            messages.success(request, _("Frozen. It keeps its numbers from now on."))
            return redirect("periodic:report", made.public_id)
    hidden = () if request.user.may(Permission.ASSISTANCE_SEALED) else with_sealed()
    office = form_for(unit, every)
    counted = break_down(period_for(unit, first, last), codes=office.figures)
    table = ReportTable(office, counted, exact=True, hidden=hidden)
    context = {
        "asked": asked, "form": form, "known": known, "table": table, "unit": unit,
        "opening": table.text(table.form.opening, every), "every": every,
        "closing": table.text(table.form.closing, every), "first": first, "last": last,
    }  # fmt: skip
    return render(request, "periodic/preview.html", context, status=status_of(form))


@permission_required(Permission.FIGURES_VIEW)
@require_safe
def report(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A frozen report; who sees figures only gets small numbers masked."""
    found = _report(request, public_id)
    exact, hidden = request.user.sees_cases, hidden_from(request.user, found)
    table = frozen_table(found, exact=exact, hidden=hidden)
    sending = getattr(found, "sending", None)
    later = getattr(found, "replaced_by", None)
    context = {
        "report": found, "table": table, "exact": exact, "sending": sending,
        "later": later if exact else None, "state": state_of(found),
        "earlier": found.replaces if exact else None,
        "changes": [one for one in changes_of(found) if one.code not in hidden] if exact else [],
        "opening": table.text(table.form.opening, found.every),
        "closing": table.text(table.form.closing, found.every),
        "receiver": receiver_of(found.unit) if sending is None and later is None else None,
        "to_answer": sending is not None and not sending.answer and later is None
        and answers(request.user, sending) and sending.sent_by_id != request.user.pk,
    }  # fmt: skip
    return render(request, "periodic/report.html", context)


@permission_required(Permission.FIGURES_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def rows(request: SignedInRequest, public_id: UUID, code: str) -> Any:
    """The rows behind one number of a report; sent with a reason, the file of them."""
    if not request.user.may(Permission.PERSON_VIEW):
        raise PermissionDenied(Permission.PERSON_VIEW)
    found = _report(request, public_id)
    if code not in FIGURES or code not in expanded(found.codes):
        raise Http404
    if code in hidden_from(request.user, found):
        raise Http404
    units: tuple[Area | None] | None = None
    if asked := request.GET.get("unit", ""):
        if asked != NO_UNIT and not asked.isalnum():
            raise Http404  # a zero, which the database cannot even be asked for
        units = (None if asked == NO_UNIT else get_object_or_404(Area, code=asked),)
        if not found.figures.filter(code=code, unit=units[0]).exists():
            raise Http404
    return page_of(found, code, units)(request)


@permission_required(Permission.FIGURES_VIEW)
@require_safe
def taken_out(request: SignedInRequest, public_id: UUID, kind: str) -> Any:
    """As xlsx or docx; `?masked=1` for a copy that leaves the county."""
    found = _report(request, public_id)
    masked = "masked" in request.GET
    if masked and found.every != Every.MONTH:
        raise Http404  # beside months other spans would tell what is masked
    exact = request.user.sees_cases and not masked
    table = frozen_table(found, exact=exact, hidden=hidden_from(request.user, found))
    name = f"report-{found.unit.code}-{found.first}-{found.last}-v{found.version}"
    if kind == "docx":
        return download(docx_of(found, table), MediaType.DOCX, f"{name}.docx")
    return file_response(sheet_of(found, table, request.user), "xlsx", name)


@permission_required(Permission.REPORT_MAKE)
@require_http_methods(["GET", "POST"])
def send(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """To the unit above."""
    found = _report(request, public_id)
    receiver = receiver_of(found.unit)
    form = forms.SendForm(_posted(request), user=request.user, target=found)
    words = _("It goes to %(unit)s, with these numbers; a version goes once.")
    page = ActPage(
        title=_("Send the report upwards"), done=_("Sent."), subject=str(found),
        back=_page(found), button=_("Send"),
        words=words % {"unit": receiver.name if receiver else "—"},
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.REPORT_ANSWER)
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Accept it, or send it back with remarks."""
    found = _report(request, public_id)
    form = forms.AnswerForm(_posted(request), user=request.user, target=found)
    page = ActPage(
        title=_("Answer the report"), done=_("Answered."), subject=str(found), back=_page(found),
        words=_("The answer stands; a report that was sent back is corrected as a new version."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.REPORT_MAKE)
@require_safe
def report_forms(request: SignedInRequest) -> HttpResponse:
    """Which form each kind of report has here."""
    unit = _own(request)
    kinds = [(every, form_for(unit, every)) for every in Every]
    return render(request, "periodic/forms.html", {"kinds": kinds, "unit": unit})


@permission_required(Permission.REPORT_MAKE)
@require_http_methods(["GET", "POST"])
def report_form(request: SignedInRequest, every: str) -> HttpResponse:
    """The office's own form of one kind."""
    if every not in Every.values:
        raise Http404
    unit = _own(request)
    form = forms.OwnForm(
        request.POST or None, initial=forms.begun_with(unit, every), user=request.user,
        target=(unit, every),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            form.perform()
            messages.success(request, _("Reports that are frozen from now on have this form."))
            return redirect("periodic:forms")
    earlier = ReportTemplate.objects.filter(area=unit, every=every).select_related("recorded_by")
    page = ActPage(title=_("Form of a report"), done="", back=reverse("periodic:forms"),
                   subject=Every(every).label)  # fmt: skip
    context = {"form": form, "act": page, "names": placeholders().items(), "earlier": earlier}
    return render(request, "periodic/form.html", context, status=status_of(form))


@permission_required(Permission.REPORT_MAKE)
@require_safe
def rules(request: SignedInRequest) -> HttpResponse:
    """What this unit asks for, and what is asked of it."""
    unit = _own(request)
    found = ReportRule.objects.asked_by([*unit.lineage, *unit.scope_ids]).order_by("pk")
    context = {"rules": found.select_related("area", "recorded_by"), "unit": unit}
    return render(request, "periodic/rules.html", context)


@permission_required(Permission.REPORT_MAKE)
@require_http_methods(["GET", "POST"])
def new_rule(request: SignedInRequest) -> HttpResponse:
    unit = _own(request)
    form = forms.RuleForm(request.POST or None, user=request.user, target=unit)
    page = ActPage(
        title=_("Ask for a report"), done=_("Asked for."), back=reverse("periodic:rules"),
        subject=unit.name,
        words=_("The calendar says when it is due and who has sent it. Nobody is ranked by it."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.REPORT_MAKE)
@require_http_methods(["GET", "POST"])
def end_rule(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    unit = _own(request)
    mine = ReportRule.objects.filter(area__in=Area.objects.under(unit)).select_related("area")
    found: ReportRule = get_object_or_404(mine, public_id=public_id)
    form = forms.EndRuleForm(_posted(request), user=request.user, target=found)
    page = ActPage(
        title=_("Ask for it no more"), done=_("Asked for no more."), subject=str(found),
        back=reverse("periodic:rules"),
        words=_("Periods that are over stay due."),
    )  # fmt: skip
    return show_act(request, form, page)


def _own(request: SignedInRequest) -> Area:
    if request.user.area is None:
        raise Http404
    return request.user.area.today


def _posted(request: SignedInRequest) -> Any:
    """A form without fields is bound by an empty post, too."""
    return request.POST if request.method == "POST" else None


def _page(found: PeriodicReport) -> str:
    return reverse("periodic:report", args=[found.public_id])


def _report(request: SignedInRequest, public_id: UUID) -> PeriodicReport:
    found = PeriodicReport.objects.visible_to(request.user).select_related(
        "county", "town", "village", "recorded_by", "replaces", "replaced_by", "sending__receiver",
        "sending__sent_by", "sending__answered_by",
    )  # fmt: skip
    one: PeriodicReport = get_object_or_404(found, public_id=public_id)
    return one
