"""The frame of every page of one person: crumbs, band, tabs. Pages of any app may extend it."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context

from apps.core.days import today
from apps.core.navigation import may, url_or_none
from apps.core.records import tabs
from apps.persons.models import Person
from apps.workbench.person_band import Band
from apps.workbench.person_file import PersonFile, counts_of

register = template.Library()


def file_in(context: Context) -> PersonFile:
    """What the view has loaded, or a new one; a page asks once."""
    file = context.get("file")
    if file is None:
        request: Any = context["request"]
        file = PersonFile(context["person"], request.user, today())
        context.dicts[0]["file"] = file
    return file  # type: ignore[no-any-return]


@register.inclusion_tag("workbench/person_crumbs.html", takes_context=True)
def person_crumbs(context: Context) -> dict[str, Any]:
    person: Person = context["person"]
    units = [unit for unit in (person.county, person.town, person.village) if unit]
    path = [(unit.name, "") for unit in units]
    return {"path": path, "person": person, "worker": file_in(context).worker}


@register.inclusion_tag("workbench/person_band.html", takes_context=True)
def person_band(context: Context) -> dict[str, Any]:
    """Who, which order, how far, which risk level and why, what is missing, and the acts."""
    file = file_in(context)
    return {
        "file": file,
        "band": Band(file),
        "person": context["person"],
        "request": context["request"],
        "user": context["request"].user,
        "csrf_token": context.get("csrf_token"),
        "here": context["request"].path,
    }


def _subject_of(url_name: str) -> str:
    """The app of an address; of those that hold many tabs none."""
    subject = url_name.partition(":")[0]
    return "" if subject in {"persons", "workbench"} else subject


@register.inclusion_tag("workbench/person_tabs.html", takes_context=True)
def person_tabs(context: Context) -> dict[str, Any]:
    """Only tabs whose page exists and that the role may open. Of a record the tab of its subject
    is marked.
    """
    request: HttpRequest = context["request"]
    person: Person = context["person"]
    shown = [
        (tab, url)
        for tab in tabs()
        if (url := url_or_none(tab.url_name, person.public_id))
        and may(request.user, tab.permission)
    ]
    subject = request.resolver_match.namespace if request.resolver_match else ""
    counts = counts_of([tab.counted for tab, _url in shown if tab.counted], person, request.user)
    items = [
        {
            "label": tab.label,
            "url": url,
            "current": request.path == url,
            "within": bool(subject) and _subject_of(tab.url_name) == subject,
            "count": counts.get(tab.counted, ""),
        }
        for tab, url in shown
    ]
    return {"items": items}
