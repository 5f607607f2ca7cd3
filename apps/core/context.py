from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from apps.core import laid_out
from apps.core.days import today
from apps.core.frame import Frame
from apps.core.navigation import entry_here, focus_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html shows around every page."""
    user = getattr(request, "user", None)
    base = {
        "demo": settings.DEMO,
        "laid_out": laid_out.so_far(),
        "today": today(),
        "here": request.get_full_path(),
        "search_words": "",
        "lang": get_language() or settings.LANGUAGE_CODE,
    }
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return base
    units = area_units(user)
    here = entry_here(request)
    if here is not None and here.by_area and (focus := focus_of(request)):
        units = [*units[-1:], focus.name]
    return base | {
        "frame": Frame(request, units),
        "area_label": " › ".join(units),
        "area_path": [(unit, "") for unit in units],
    }


def area_units(user: Any) -> list[str]:
    """The user's unit and the one above it: 琼海市, 嘉积镇."""
    own = getattr(user, "area", None)
    above = own.above if own is not None else None
    if above is not None and above.is_pseudo:
        above = above.above
    return [unit.name for unit in (above, own) if unit is not None]
