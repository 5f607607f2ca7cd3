"""Tags of every template: icons, permissions, numbers, dates. Built in, so no {% load %}."""

from datetime import date, datetime
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from apps.core import markup, rates, text
from apps.core.days import SHANGHAI
from apps.core.frame import PARTS, drawn, filled
from apps.core.navigation import may, url_or_none
from apps.core.refusals import conflict_of

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: Context, part: str) -> SafeString:
    """A part of the frame; those without facts stand on the pages of strangers too."""
    if not PARTS[part]:
        return filled(drawn(part, get_language() or "", ()), {})
    return context["frame"].part(part, context)  # type: ignore[no-any-return]


@register.simple_tag(takes_context=True)
def filter_bar(context: Context) -> SafeString:
    """The filters of a list page."""
    return context["filters"].html(context)  # type: ignore[no-any-return]


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    return markup.icon_svg(name, size)


class CanNode(Node):
    def __init__(self, permission: FilterExpression, inside: NodeList, other: NodeList) -> None:
        self.permission, self.inside, self.other = permission, inside, other

    def render(self, context: Context) -> SafeString:
        user = context.get("user")
        held = may(user, str(self.permission.resolve(context)))
        return (self.inside if held else self.other).render(context)


@register.tag
def can(parser: Parser, token: Token) -> CanNode:
    """{% can "person_edit" %}…{% else %}…{% endcan %}"""
    permission = parser.compile_filter(token.split_contents()[1])
    inside = parser.parse(("else", "endcan"))
    other = NodeList()
    if parser.next_token().contents == "else":
        other = parser.parse(("endcan",))
        parser.delete_first_token()
    return CanNode(permission, inside, other)


@register.simple_tag
def url_if(name: str, *args: Any) -> str:
    """The address, or nothing where there is no such page (yet) in this installation."""
    return url_or_none(name, *args) or ""


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address's own query with changes: {% query page=2 %}; None takes a key away."""
    request = context.get("request")
    params: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = str(value)
    encoded = params.urlencode()
    return f"?{encoded}" if encoded else "?"


register.simple_tag(markup.tag_icon, name="tag_icon")
# <c-tag> and <c-risk-level> for rows of long lists, in a third of the time.
register.simple_tag(markup.tag_html, name="tag")
register.simple_tag(markup.level_html, name="risk_level")
register.simple_tag(markup.level_bars, name="level_bars")
register.simple_tag(markup.level_word, name="level_word")
register.simple_tag(markup.field_label, name="field_label")
register.simple_tag(markup.field_control, name="field_control")

register.filter("mask_id", lambda value: text.mask_identity(str(value or "")))
register.filter("mask_phone", lambda value: text.mask_phone(str(value or "")))
register.filter("day", text.day_text)
register.filter("short_day", text.short_day)
register.filter("iso", text.iso_day)
register.filter("initial", text.initial)
register.filter("conflict", conflict_of)
register.filter("bracketed", text.bracketed)
register.simple_tag(text.mark, name="mark")


@register.filter
def clock(value: datetime | None) -> str:
    """09:05 in Shanghai."""
    return f"{value.astimezone(SHANGHAI):%H:%M}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """11月20日 09:05."""
    return f"{text.day_text(value)} {clock(value)}" if value else ""


@register.filter
def weekday(value: date | datetime) -> str:
    from django.utils.dates import WEEKDAYS

    return str(WEEKDAYS[text.as_day(value).weekday()])


@register.simple_tag
def now_clock() -> str:
    return clock(timezone.now())


@register.simple_tag
def rate(numerator: int, denominator: int) -> str:
    return rates.rate_text(numerator, denominator)


@register.simple_tag
def fraction(numerator: int, denominator: int) -> str:
    return rates.fraction_text(numerator, denominator)


@register.filter
def thousands(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


@register.simple_tag
def share(part: Any, whole: Any) -> str:
    """A width for SVG bars: "37.6%", between 0 and 100."""
    part, whole = float(part or 0), float(whole or 0)
    return f"{min(max(part / whole, 0), 1) * 100:.1f}%" if whole else "0%"
