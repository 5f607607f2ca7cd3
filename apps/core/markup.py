"""Small pieces of markup as ready strings: for template tags and for cells of tables alike."""

import html
import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy as _

ICONS = settings.BASE_DIR / "static" / "vendor" / "icons"
TAG_ICONS = {
    "late": "alert-triangle",
    "soon": "clock",
    "done": "check",
    "na": "player-pause",
    "inf": "hourglass",
    "vio": "alert-circle",
    "err": "alert-circle",
}
LEVEL_WORDS = {"low": (1, _("Low")), "medium": (2, _("Medium")), "high": (3, _("High"))}


@lru_cache(maxsize=1024)
def icon_svg(name: str, size: int = 18) -> SafeString:
    """The vendored SVG, without what every icon repeats; hidden from screen readers."""
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(name)
    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = source.partition(">")[2].rpartition("</svg>")[0]
    inner = re.sub(r'<path stroke="none"[^>]*/>', "", inner)
    inner = re.sub(r"\s*\n\s*", "", inner)
    kind = "i" if size == 18 else f"i i-{size}"
    svg = f'<svg class="{kind}" viewBox="0 0 24 24" aria-hidden="true">{inner}</svg>'
    return mark_safe(svg)  # noqa: S308 - our own files


def escaped(value: Any) -> str:
    """As conditional_escape, for the thousand values of a list: in a third of its time."""
    if type(value) is SafeString:
        return value
    marked = getattr(value, "__html__", None)
    return str(marked()) if marked is not None else html.escape(str(value))


def tag_icon(kind: str) -> SafeString:
    return icon_svg(TAG_ICONS[kind], 14)


def tag_html(kind: str, words: Any, icon: str = "") -> SafeString:
    """The same as <c-tag>, for cells of tables: ready text, no template."""
    drawn = icon_svg(icon or TAG_ICONS[kind], 14)
    return mark_safe(f'<span class="tag {kind}">{drawn}{escaped(words)}</span>')  # noqa: S308 - escaped


def level_bars(level: str) -> SafeString:
    """Three rising bars, as many filled as the risk level is high; nothing without a risk level."""
    filled = LEVEL_WORDS[level][0] if level in LEVEL_WORDS else 0
    if not filled:
        return mark_safe("")
    bars = "".join(_level_bar(number, filled) for number in (1, 2, 3))
    return mark_safe(f'<svg viewBox="0 0 11 10" aria-hidden="true">{bars}</svg>')  # noqa: S308


def _level_bar(number: int, filled: int) -> str:
    height = 1 + 3 * number
    mark = ' class="on"' if number <= filled else ""
    return f'<rect{mark} x="{4 * number - 4}" y="{10 - height}" width="3" height="{height}"/>'


def level_word(level: str) -> str:
    return str(LEVEL_WORDS[level][1]) if level in LEVEL_WORDS else gettext("Not assessed")


def level_html(level: str, *, from_ledger: bool = False) -> SafeString:
    """The same as <c-risk-level>, for cells of tables."""
    return _risk_level(level, from_ledger, get_language() or "")


@lru_cache(64)
def _risk_level(level: str, from_ledger: bool, language: str) -> SafeString:
    if not from_ledger:
        return format_html(
            '<span class="risk-level">{}{}</span>', level_bars(level), level_word(level)
        )
    words = gettext("No valid assessment")
    return format_html(
        '<span class="risk-level ledger" title="{}">{}{}<span class="sr"> {}</span></span>',
        words,
        level_bars(level),
        level_word(level),
        words,
    )


def field_label(field: BoundField, label: str = "") -> SafeString:
    """The label; "optional" where the field may stay empty; a legend for groups of choices.

    A box to tick is never "optional"; nor is a field that a service asks for in the second of two
    steps, which the form says by `needed`. What the service asks for in some cases only, the form
    names in `sometimes`: it is not called optional and then refused.
    """
    needed = field.field.required or getattr(field.field, "needed", False)
    ticked = getattr(field.field.widget, "input_type", "") == "checkbox"
    optional = "" if needed or ticked else gettext("optional")
    if optional and field.name in getattr(field.form, "sometimes", ()):
        optional = gettext("if it applies")
    inner = (
        format_html(
            "{}{}", label or field.label, format_html(' <span class="opt">{}</span>', optional)
        )
        if optional
        else label or field.label
    )
    target = field.id_for_label
    if not target:
        return format_html('<span class="form-label" id="{}-label">{}</span>', field.auto_id, inner)
    return format_html('<label class="form-label" for="{}">{}</label>', target, inner)


def field_control(field: BoundField, **attrs: Any) -> SafeString:
    """The control with Tabler's class and with what it is described by."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    attrs = {key.replace("_", "-"): value for key, value in attrs.items()}
    attrs.setdefault("class", _control_class(kind))
    described = [f"{field.auto_id}-help"] if field.help_text else []
    described += [f"{field.auto_id}-wrong-{n}" for n, _e in enumerate(field.errors, 1)]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    if kind == "radio":
        attrs["aria-labelledby"] = f"{field.auto_id}-label"
    return field.as_widget(attrs=attrs)


def _control_class(kind: str) -> str:
    if kind in {"checkbox", "radio"}:
        return "form-check-input"
    return "form-select" if kind == "select" else "form-control"
