"""The result of a test, or of one substance, in a word."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.core.markup import tag_html
from apps.drugtests.codes import Decision, Result

register = template.Library()


@register.filter
def result_tag(found: Any) -> SafeString:
    """A positive is never more than to be confirmed."""
    if decision := getattr(found, "decision", ""):
        kind = "done" if decision == Decision.CLEARED else "vio"
        return tag_html(kind, found.get_decision_display())
    if found.result == Result.NEGATIVE:
        return tag_html("done", found.get_result_display())
    if found.result:
        return tag_html("na", found.get_result_display(), "clock")
    return format_html('<span class="muted">{}</span>', _("Not known yet"))
