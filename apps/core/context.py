from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from apps.core.days import today
from apps.core.navigation import links_for, url_or_none


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html shows around every page."""
    user = getattr(request, "user", None)
    base = {
        "demo": settings.DEMO,
        "today": today(),
        "here": request.get_full_path(),
        "search_words": request.GET.get("q", ""),
        "lang": get_language() or settings.LANGUAGE_CODE,
    }
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return base
    links = links_for(request)
    units = area_units(user)
    return base | {
        "nav": [
            {"title": group, "links": list(items)}
            for group, items in groupby(links, key=lambda link: link.group)
        ],
        "bottom_nav": links[:4],
        "search_url": url_or_none("workbench:search"),
        "area_label": " › ".join(units),
        "area_path": [(unit, "") for unit in units],
    }


def area_units(user: Any) -> list[str]:
    """The user's unit and the one above it: 琼海市, 嘉积镇."""
    names: list[str] = []
    unit = getattr(user, "area", None)
    while unit is not None and len(names) < 2:
        if not unit.is_pseudo:
            names.insert(0, unit.name)
        unit = unit.parent
    return names
