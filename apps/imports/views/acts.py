"""What is done with an import: upload, say what the columns are, mend, apply, break off."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.exports import Sheet, file_response
from apps.core.refusals import Refused, shown_in, status_of
from apps.imports.codes import ImportState, LineState
from apps.imports.forms.columns import ColumnsForm
from apps.imports.forms.pages import UndoForm, UploadForm
from apps.imports.matching import Layout
from apps.imports.models import ImportLine, LedgerImport
from apps.imports.services import receiving
from apps.imports.views.pages import draw, import_or_404, page_of

LINE, REASON = "导入行号", "未导入原因"


@permission_required(Permission.LEDGER_IMPORT)
@require_http_methods(["GET", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    """A file; the reading begins at once."""
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user, target=None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            return redirect("imports:import", made.public_id)
    return render(request, "imports/upload.html", {"form": form}, status=status_of(form))


@permission_required(Permission.LEDGER_IMPORT)
@require_http_methods(["GET", "POST"])
def columns(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What each column is; another sheet or line of the header is read anew."""
    row = import_or_404(request, public_id)
    told = row.file.columns if hasattr(row, "file") else None
    if told is None or row.state not in (ImportState.TO_MATCH, ImportState.TRIED):
        return redirect("imports:import", public_id)
    form = ColumnsForm(request.POST or None, layout=Layout.from_json(told), target=row,
                       user=request.user)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            form.perform()
            return redirect("imports:import", public_id)
    context = {"form": form, "one": row}
    return render(request, "imports/columns.html", context, status=status_of(form))


@permission_required(Permission.LEDGER_IMPORT)
@require_POST
def mend(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Cells put right and decisions of the lines that were shown."""
    row = import_or_404(request, public_id)
    cells: dict[int, dict[str, str]] = {}
    decisions: dict[int, str] = {}
    for key, value in request.POST.items():
        match key.split("-", 2):
            case ["cell", number, name] if number.isdecimal() and len(number) < 8:
                cells.setdefault(int(number), {})[name] = cast(str, value)
            case ["decide", number] if number.isdecimal() and len(number) < 8 and value:
                decisions[int(number)] = cast(str, value)
    return _done(
        request, row, lambda: receiving.mend_lines(
            ledger_import=row, by=request.user, cells=cells, decisions=decisions
        ),
    )  # fmt: skip


@permission_required(Permission.LEDGER_IMPORT)
@require_POST
def apply(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """All that is right goes in."""
    row = import_or_404(request, public_id)
    return _done(request, row, lambda: receiving.ask_to_apply(ledger_import=row, by=request.user))


@permission_required(Permission.LEDGER_IMPORT)
@require_POST
def cancel(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Break off what is under way."""
    row = import_or_404(request, public_id)
    return _done(request, row, lambda: receiving.cancel_work(ledger_import=row, by=request.user))


@permission_required(Permission.LEDGER_IMPORT)
@require_http_methods(["GET", "POST"])
def undo(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take back all that it brought in, with a reason."""
    row = import_or_404(request, public_id)
    if row.state != ImportState.APPLIED:
        return redirect("imports:import", public_id)
    form = UndoForm(request.POST or None, user=request.user, target=row)
    page = ActPage(
        title=_("Take the import back"), done=_("The import is taken back."),
        back=reverse("imports:import", args=[public_id]), subject=str(row),
        words=_("What it made goes, and what it changed is as it was before. Where something came "
                "after it, nothing goes, and you are told what it was."),
        button=_("Take it back"),
    )  # fmt: skip
    return show_act(request, form, page)


def _done(request: SignedInRequest, row: LedgerImport, act: Any) -> HttpResponse:
    """Back to the page; what was refused is said there, and what was typed stands in it again."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal.words))
        return draw(request, row, status=409)
    return redirect("imports:import", row.public_id)


@permission_required(Permission.LEDGER_IMPORT)
@require_POST
def wrong_lines(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The lines that stay out as the file has them, with the reason: to mend and upload again."""
    row = import_or_404(request, public_id)
    page = page_of(request, row)
    lines = list(
        ImportLine.objects.filter(ledger_import=row, state__in=(LineState.WRONG, LineState.HELD))
    )
    log_access(
        request, persons=[line.about for line in lines if line.about], action=Action.EXPORT,
        purpose=_("Lines of an import to be put right"), fields_seen="import",
    )  # fmt: skip
    fields = list(page.titles)
    labels = [*page.titles.values(), LINE, REASON]
    rows = [_as_sheet(line, fields) for line in lines]
    # Read as a footnote when the file comes back.
    mark = _("Note: lines of %(file)s that were not taken") % {"file": row.file_name}
    sheet = Sheet(str(row.get_ledger_display()), labels, rows, mark)
    return cast(HttpResponse, file_response(sheet, "xlsx", "wrong"))


def _as_sheet(line: ImportLine, fields: list[str]) -> list[Any]:
    told = line.told
    cells = told["cells"] | line.mended_cells
    reasons = [f"{one['column']} {one['reason']}".strip() for one in told["faults"]]
    reasons += [
        f"{one['column']}: {one['here']} / {one['file']}. {one['reason']}"
        for one in told["conflicts"]
    ]
    return [*(cells.get(name, "") for name in fields), line.number, " ".join(reasons)]
