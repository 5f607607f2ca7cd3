from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from apps.core.days import today
from apps.core.navigation import links_for, url_or_none


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html shows around every page."""
    user = getattr(request, "user", None)
    base = {"demo": settings.DEMO, "today": today(), "here": request.get_full_path()}
    if user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return base
    links = links_for(request)
    return base | {
        "nav": [
            {"title": group, "links": list(items)}
            for group, items in groupby(links, key=lambda link: link.group)
        ],
        "bottom_nav": links[:4],
        "search_url": url_or_none("workbench:search"),
        "area_label": str(getattr(user, "area", None) or ""),
    }
