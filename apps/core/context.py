from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from apps.core.days import today
from apps.core.navigation import Link, focus_of, help_for, links_for, may, url_or_none


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html shows around every page."""
    user = getattr(request, "user", None)
    base = {
        "demo": settings.DEMO,
        "today": today(),
        "here": request.get_full_path(),
        "search_words": "",
        "session_ends": None,
        "lang": get_language() or settings.LANGUAGE_CODE,
    }
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return base
    links = links_for(request)
    units = area_units(user)
    here = next((link for link in links if link.by_area and link.current), None)
    if here and (focus := focus_of(request)):
        units = [*units[-1:], focus.name]
    return base | {
        "session_ends": getattr(request, "session_ends", None),
        "nav": [
            {"title": group, "links": list(items)}
            for group, items in groupby(links, key=lambda link: link.group)
        ],
        "bottom_nav": links[:4],
        "help_url": help_for(request),
        "search_url": url_or_none("workbench:search") if may(user, "person_view") else None,
        "area_switch": _area_switch(request, links) if user.switches_units else "",
        "area_label": " › ".join(units),
        "area_path": [(unit, "") for unit in units],
    }


def _area_switch(request: HttpRequest, links: list[Link]) -> str:
    """Where another unit is chosen; from a page that knows no units it leads to the persons."""
    narrowed = [link.url.partition("?")[0] for link in links if link.by_area]
    here = request.get_full_path() if request.path in narrowed else url_or_none("persons:list")
    return f"{url_or_none('accounts:units')}?{urlencode({'next': here})}"


def area_units(user: Any) -> list[str]:
    """The user's unit and the one above it: 琼海市, 嘉积镇."""
    own = getattr(user, "area", None)
    above = own.above if own is not None else None
    if above is not None and above.is_pseudo:
        above = above.above
    return [unit.name for unit in (above, own) if unit is not None]
