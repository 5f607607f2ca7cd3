"""Signing in and out, one's own account."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts import services, sessions, unsent
from apps.accounts.forms import ChangePasswordForm, RedeemCodeForm, SignInForm, ThrottledForm
from apps.accounts.models import User
from apps.accounts.models.proposals import AccountProposalKind
from apps.accounts.requests import SignedInRequest
from apps.accounts.telling import tell_of_codes
from apps.accounts.units import unit_groups
from apps.core.refusals import status_of
from apps.core.text import sentences

BACKEND = "apps.accounts.backends.RoleBackend"
# So many codes and changes stand on one's own page.
SHOWN = 5
form_view = require_http_methods(["GET", "HEAD", "POST"])


@transaction.non_atomic_requests
@login_not_required
@sensitive_post_parameters("username", "password")
@form_view
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password; says why the last session ended."""
    target = _target(request)
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user:
        _begin_session(request, form.user)
        tell_of_codes(request, form.user, for_good=True)
        return redirect(_unsent(request) or target)
    context = {
        "next": target,
        "ended": request.session.get(sessions.ENDED, ""),
        "demo_accounts": User.objects.of_demo() if settings.DEMO else (),
        "demo_password": settings.DEMO_PASSWORD if settings.DEMO else "",
    }
    return _answer(request, "accounts/sign_in.html", form, context)


@transaction.non_atomic_requests
@login_not_required
@sensitive_post_parameters("username", "code", "new_password", "again")
@form_view
def redeem_code(request: HttpRequest) -> HttpResponse:
    """A one-time code becomes a password of one's own, and a session."""
    if request.user.is_authenticated:
        return redirect("home")
    form = RedeemCodeForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user:
        facts = form.cleaned_data
        user = services.redeem_code(
            user=form.user, code=facts["code"], password=facts["new_password"]
        )
        _begin_session(request, user)
        tell_of_codes(request, user)
        messages.success(request, _("Your password is set. Keep it to yourself."))
        return redirect(_unsent(request) or "home")
    return _answer(request, "accounts/redeem_code.html", form, {})


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("accounts:sign-in")
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def me(request: SignedInRequest) -> HttpResponse:
    """Who I am here: role in words, area, language, password."""
    path = request.user.area.path() if request.user.area else []
    codes = request.user.reset_codes.select_related("issued_by", "confirmed_by")
    decided = request.user.proposals.exclude(kind=AccountProposalKind.CODE).exclude(decision="")
    context = {
        "path": path,
        "codes": codes.order_by("-issued_at")[:SHOWN],
        "decided": decided.select_related("proposed_by", "decided_by").order_by("-pk")[:SHOWN],
    }
    return render(request, "accounts/me.html", context)


@require_safe
def units(request: SignedInRequest) -> HttpResponse:
    """Narrow the page that one comes from to a unit below the own, or widen it again."""
    own = request.user.area
    if own is None or not request.user.switches_units:
        raise PermissionDenied
    address = urlsplit(_target(request))
    asked = QueryDict(address.query, mutable=True)
    focus = request.user.unit_below(asked.get("area", ""))
    for name in ("area", "page"):
        asked.pop(name, None)
    rest = f"&{asked.urlencode()}" if asked else ""
    context = {
        "own": own,
        "focus": focus,
        "all_url": f"{address.path}?{asked.urlencode()}" if asked else address.path,
        "groups": unit_groups(own, focus, f"{address.path}?area=", rest),
    }
    part = "#panel" if request.htmx else ""
    return render(request, f"accounts/units.html{part}", context)


@transaction.non_atomic_requests
@sensitive_post_parameters("old_password", "new_password", "again")
@form_view
def password(request: SignedInRequest) -> HttpResponse:
    """Change one's own password; the session goes on here and ends everywhere else."""
    form = ChangePasswordForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = services.change_password(
            user=request.user, password=form.cleaned_data["new_password"]
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return redirect("accounts:me")
    context = {"due": request.user.must_change_password}
    return _answer(request, "accounts/password.html", form, context)


def _answer(
    request: HttpRequest, template: str, form: ThrottledForm, context: dict[str, Any]
) -> HttpResponse:
    """The page with its form; 429 when it may not be tried now, and when it may be again."""
    status = 429 if form.wait else status_of(form)
    answer = render(request, template, context | {"form": form}, status=status)
    if form.wait:
        answer["Retry-After"] = str(form.wait)
    return answer


def _begin_session(request: HttpRequest, user: User) -> None:
    request.session.pop(sessions.ENDED, None)
    login(request, user, backend=BACKEND)
    sessions.begin(request.session)


def _unsent(request: HttpRequest) -> str:
    """Where the form waits that this account sent when its session had ended; "" without one."""
    form = unsent.found(request)
    if form is None:
        return ""
    files = _("Files have to be chosen again.") if form.had_files else ""
    words = _(
        "Nothing has been saved yet: your session had ended. What you typed stands here again."
    )
    messages.warning(request, sentences(words, files))
    return form.address


def _target(request: HttpRequest) -> str:
    """Where to go after signing in: a page of ours, else the first page."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if allowed else reverse("home")
