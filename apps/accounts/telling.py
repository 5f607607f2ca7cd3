"""The holder of an account hears of every code that was handed out for it."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import ResetCode, User
from apps.core.text import day_text


def tell_of_codes(request: HttpRequest, user: User, *, for_good: bool = False) -> None:
    """A line for each code not told of yet. Who came by a code may not be the holder: only a
    sign-in by password counts as told.
    """
    untold = user.reset_codes.filter(told_at=None).select_related("issued_by", "confirmed_by")
    for code in untold.order_by("issued_at"):
        messages.warning(request, words_of(code))
    if for_good:
        untold.update(told_at=timezone.now())


def words_of(code: ResetCode) -> str:
    """When, by whom, and with whom."""
    facts = {
        "day": f"{day_text(code.issued_at)} {timezone.localtime(code.issued_at):%H:%M}",
        "who": code.issued_by.name,
        "second": code.confirmed_by.name if code.confirmed_by else "",
    }
    if code.confirmed_by:
        told = _(
            "A one-time code for your account was handed out on %(day)s by %(who)s, confirmed by "
            "%(second)s."
        )
    elif code.on_server:
        told = _(
            "A one-time code for your account was made on %(day)s by a command on the server "
            "(%(who)s)."
        )
    else:
        told = _("A one-time code for your account was handed out on %(day)s by %(who)s.")
    unknown = _("If you know nothing of it, tell your supervisor at once.")
    return f"{told % facts} {unknown}"
