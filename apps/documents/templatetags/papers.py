"""Widths of a paper's tables, and what no line of a paper breaks."""

import re
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString, mark_safe

from apps.documents.column_widths import column_widths

register = template.Library()
register.filter("widths", column_widths)

# A day in either language, or a number with the signs that may stand within one. Entities of
# escaped text (`&#x27;`) are no numbers.
WHOLE = re.compile(
    r"&[#\w]+;|((?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年|\d{1,2} [A-Z][a-z]{2} \d{4}"
    r"|\d[\d.,:/*-]*[\dXx])"
)


@register.filter
def in_lines(text: Any) -> SafeString:
    """The words of a cell or paragraph; on a phone a day or a number stays on one line."""
    found = linebreaksbr(text)
    whole = WHOLE.sub(lambda m: f'<span class="whole">{m[1]}</span>' if m[1] else m[0], str(found))
    return mark_safe(whole)  # noqa: S308 - escaped by linebreaksbr
