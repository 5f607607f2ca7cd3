"""The access log in words: pages, kinds of data and units, where the rows carry names and codes."""

from collections.abc import Iterable
from typing import Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from apps.areas.models import Area
from apps.core.records import log_words

Words = str | Promise
# What is no subject: pages and kinds of data of the frame. The rest stands in apps/*/record.py.
FRAME: Final[dict[str, Words]] = {
    "accounts": gettext_lazy("Accounts"),
    "admin": gettext_lazy("Administration"),
    "audit": gettext_lazy("Access log"),
    "core": gettext_lazy("Homeward"),
    "guide": gettext_lazy("Help"),
    "help": gettext_lazy("Help"),
    "notices": gettext_lazy("Notices"),
    "plans": gettext_lazy("Plans"),
    "schedule": gettext_lazy("Reason of a line"),
    "access_log": gettext_lazy("Access log"),
}


def page_words(view: str) -> str:
    """ "Today" for workbench:today; a page of another program is named as it is."""
    found = _words(view) or _words(view.partition(":")[0])
    return str(found) if found else view or _("A command")


def kind_words(kind: str) -> str:
    """ "Documents" for "paper transfer"; a kind that has no words yet is named as it is."""
    found = _words(kind) or _words(kind.partition(" ")[0])
    return str(found) if found else _of_the_admin(kind) or kind


def _words(name: str) -> Words | None:
    return log_words().get(name) or FRAME.get(name)


def _of_the_admin(kind: str) -> str:
    """The admin says the model whose rows were seen."""
    names = {model._meta.model_name: model._meta.verbose_name_plural for model in apps.get_models()}
    return capfirst(str(names.get(kind, "")))


def unit_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of units by code; one query."""
    wanted = {code for code in codes if code}
    rows = Area.objects.filter(code__in=wanted).order_by("pk") if wanted else ()
    return {area.code: area.name for area in rows}
