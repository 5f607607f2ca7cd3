"""The sample day on a phone: scan or type a number, advance one step, next."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.campaigns.day import Counter, Found, Standing, counter_of, find, is_fresh, standing_of
from apps.campaigns.forms_day import CollectForm, DayStepForm, of_site
from apps.campaigns.models import Campaign, CampaignSite, CampaignTarget
from apps.campaigns.services import Entered
from apps.campaigns.services.day import may_undo, undo_sample, undo_step
from apps.campaigns.views.pages import listed_campaign
from apps.core.days import today
from apps.core.middleware import CAMERA_ALONE, DEVICES
from apps.core.refusals import Refused, shown_in, status_of
from apps.drugtests.chain import StepKind
from apps.drugtests.dossier_page import permission_for
from apps.drugtests.forms_steps import NumberForm
from apps.drugtests.models import DrugTest, Step
from apps.drugtests.numbers import read_number

CARRIED: Final = "sample_day"


@dataclass(frozen=True)
class Desk:
    """Where somebody works today: a campaign and one of its sites, or all samples of the scope."""

    request: SignedInRequest
    campaign: Campaign | None

    @cached_property
    def site(self) -> CampaignSite | None:
        asked = self.request.GET.get("site", "")
        return next((site for site in self.sites if str(site.public_id) == asked), None)

    @cached_property
    def sites(self) -> list[CampaignSite]:
        return list(self.campaign.sites.all()) if self.campaign else []

    @cached_property
    def counter(self) -> Counter | None:
        if self.campaign is None:
            return None
        return counter_of(self.campaign, self.request.user, self.site)

    @property
    def others(self) -> list[Campaign]:
        """Campaigns of today that somebody may choose."""
        rows = Campaign.objects.visible_to(self.request.user).of_day(today())
        return [one for one in rows if one != self.campaign]

    def url(self, query: str = "") -> str:
        kept = urlencode({"site": self.site.public_id}) if self.site else ""
        words = "&".join(part for part in (kept, query) if part)
        return f"{self.request.path}?{words}" if words else self.request.path

    @cached_property
    def place(self) -> str:
        """What is carried over is of one campaign and one site."""
        rows = (self.campaign, self.site)
        return " ".join(str(row.public_id) for row in rows if row is not None)

    @property
    def _carried(self) -> dict[str, Any]:
        """Of today alone."""
        kept = self.request.session.get(CARRIED, {})
        return dict(kept) if kept.get("day") == str(today()) else {"day": str(today())}

    def initial(self, kind: str) -> dict[str, Any]:
        carried = self._carried.get(self.place, {}).get(kind, {})
        return of_site(self.site) | carried

    def carry(self, kind: str, facts: dict[str, Any]) -> None:
        kept = self._carried
        here = kept.get(self.place, {}) | {kind: facts}
        self.request.session[CARRIED] = kept | {self.place: here}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def day(request: SignedInRequest) -> HttpResponse:
    """All samples of the own scope."""
    return _at(Desk(request, None))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def campaign_day(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Of one campaign, at one of its sites or at all."""
    return _at(Desk(request, listed_campaign(request, public_id)))


def _at(desk: Desk) -> HttpResponse:
    if desk.request.method == "POST":
        return ACTS.get(desk.request.POST.get("act", ""), _find)(desk)
    found = _asked(desk.request)
    if found is None:
        return _shown(desk)
    return _shown(desk, standing_of(found, desk.request.user))


def _find(desk: Desk) -> HttpResponse:
    """A number that is none is put right; one that leads nowhere is the same 404 for elsewhere."""
    request = desk.request
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _shown(desk, number=form, status=422)
    typed = form.cleaned_data["number"]
    found = find(request.user, typed)
    if found is not None:
        return redirect(desk.url(found.query))
    if read_number(typed) is None:
        form.add_error("number", _("This is no number of a sample. Look at the last digit."))
        return _shown(desk, number=form, status=422)
    form.add_error("number", _("No sample of yours has this number. Look at the label again."))
    return _shown(desk, number=form, status=404)


def _step(desk: Desk) -> HttpResponse:
    """The step that was shown, even where somebody else has recorded it meanwhile."""
    request = desk.request
    kind = request.POST.get("kind", "")
    found = _asked(request, request.POST)
    if found is None or found.test is None or kind not in StepKind.values:
        raise Http404
    standing = standing_of(found, request.user)
    if not request.user.may(permission_for(kind, standing.page.had if standing.page else {})):
        raise PermissionDenied(kind)
    form = DayStepForm(
        request.POST, kind=kind, user=request.user, target=found.test, bottle=found.bottle
    )
    if form.is_valid():
        with shown_in(form):
            saved = form.perform()
            desk.carry(kind, form.carried)
            return redirect(desk.url(f"done={saved.public_id}"))
    return _shown(desk, standing, form=form, status=status_of(form))


def _collect(desk: Desk) -> HttpResponse:
    """A sample of somebody on a list."""
    request = desk.request
    found = _asked(request, request.POST)
    if found is None or found.target is None:
        raise Http404
    form = CollectForm(request.POST, user=request.user, target=found.target)
    if form.is_valid():
        with shown_in(form):
            entered = form.perform()
            desk.carry("collect", form.carried)
            return redirect(
                desk.url(f"taken={entered.test.public_id}{_old(entered, found.target)}")
            )
    standing = standing_of(found, request.user)
    return _shown(desk, standing, form=form, status=status_of(form))


def _old(entered: Entered, target: CampaignTarget) -> str:
    """The bottle has the label of a sample that was taken back."""
    test = entered.test
    return "&label=old" if test.is_taken and test.dossier.pk != target.sample_no else ""


def _undo(desk: Desk) -> HttpResponse:
    request = desk.request
    saved = _saved(request, request.POST)
    if saved is None:
        raise Http404
    if not may_undo(saved, request.user):
        raise PermissionDenied("undo")
    try:
        if isinstance(saved, Step):
            undo_step(step=saved, by=request.user)
        else:
            undo_sample(test=saved, by=request.user)
        messages.success(request, _("Taken back. It stays on file as withdrawn."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(desk.url())


ACTS: Final[dict[str, Callable[[Desk], HttpResponse]]] = {
    "step": _step, "collect": _collect, "undo": _undo,
}  # fmt: skip


def _asked(request: SignedInRequest, given: Any = None) -> Found | None:
    """The sample or the row that the address or the form names, as far as it is seen."""
    given = request.GET if given is None else given
    if "sample" in given:
        tests = DrugTest.objects.visible_to(request.user).select_related("person", "dossier")
        bottle = given.get("bottle", "")
        return Found(
            test=_row(tests, given["sample"]), bottle=bottle if bottle in ("A", "B") else ""
        )
    if "target" not in given:
        return None
    rows: Any = CampaignTarget.objects.visible_to(request.user)
    target = _row(
        rows.with_standing().select_related(
            "campaign", "person", "test__dossier", "test__person", "slot__site"
        ),
        given["target"],
    )
    # Somebody may have taken it meanwhile: a reader sees that, a sender is told both versions.
    if request.method == "GET" and target.standing_test is not None:
        return Found(test=target.standing_test)
    return Found(target=target)


def _saved(request: SignedInRequest, given: Any) -> Step | DrugTest | None:
    """What was saved just now, to be told and undone."""
    if "done" in given:
        steps = Step.objects.visible_to(request.user).select_related("dossier__test__person")
        return _row(steps, given["done"])  # type: ignore[no-any-return]
    if "taken" in given:
        tests = DrugTest.objects.visible_to(request.user).select_related("person", "dossier")
        return _row(tests, given["taken"])  # type: ignore[no-any-return]
    return None


def _row(rows: Any, public_id: str) -> Any:
    try:
        return get_object_or_404(rows, public_id=UUID(public_id))
    except ValueError:
        raise Http404 from None


def _shown(
    desk: Desk, standing: Standing | None = None, *, number: Any = None, form: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    request = desk.request
    saved = _saved(request, request.GET) if request.method == "GET" else None
    if form is None and standing is not None:
        form = _form_of(desk, standing)
    person = standing.person if standing else saved.person if saved else None
    log_access(request, persons=[person] if person else [], action=Action.VIEW,
               fields_seen="drugtest")  # fmt: skip
    if form is not None:
        _focus(form)
    context = {
        "desk": desk, "number": number or NumberForm(), "standing": standing, "form": form,
        "saved": saved if saved is not None and is_fresh(saved, request.user) else None,
        "may_undo": saved is not None and may_undo(saved, request.user),
        "old_label": request.GET.get("label") == "old",
        "asks_again": form is None and standing is not None and not standing.why_nothing,
    }  # fmt: skip
    answer = render(request, "campaigns/day.html", context, status=status)
    answer.headers[DEVICES] = CAMERA_ALONE
    return answer


def _form_of(desk: Desk, standing: Standing) -> Any:
    """Nothing where nothing can be done, and nothing yet where a label was scanned twice."""
    request, target = desk.request, standing.found.target
    if target is not None:
        return CollectForm(user=request.user, target=target, initial=desk.initial("collect"))
    test = standing.found.test
    if test is None or standing.why_nothing or standing.following is None:
        return None
    if standing.was_just_saved and "again" not in request.GET:
        return None
    aside, kind = standing.objection, standing.following.kind
    if aside is not None and request.GET.get("step") == aside.kind:
        kind = aside.kind
    return DayStepForm(kind=kind, user=request.user, target=test, initial=desk.initial(kind))


def _focus(form: Any) -> None:
    """The cursor stands in the first field that is wrong or empty."""
    fields = form.plain_fields
    wrong = (field for field in fields if field.errors)
    empty = (field for field in fields if field.value() in (None, ""))
    first = next(wrong, None) or next(empty, None) or next(iter(fields), None)
    if first is not None:
        first.field.widget.attrs["autofocus"] = True
