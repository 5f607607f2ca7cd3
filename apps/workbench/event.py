"""One line of the stream."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.core.markup import icon_svg, tag_html
from apps.core.text import day_text, iso_day

Tag = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the stream; `tag` is kind and word of the mark at the right."""

    day: date
    kind: str
    icon: str
    title: str
    words: str = ""
    tag: Tag | None = None
    url: str = ""

    @property
    def html(self) -> SafeString:
        """Ready text, as rows of tables: a file has sixty lines, and a template draws each of
        them in five times as long.
        """
        title = self.title
        if self.url:
            title = format_html('<a class="link" href="{}">{}</a>', self.url, self.title)
        return format_html(
            '<div class="event"><time datetime="{}">{}</time>{}<span class="kind">{}</span>'
            '<span class="say">{}</span><span>{}</span></div>',
            iso_day(self.day),
            day_text(self.day),
            icon_svg(self.icon),
            title,
            self.words,
            tag_html(*self.tag) if self.tag else "",
        )


def joined(parts: list[Any]) -> str:
    """The parts that say something, with dots between them."""
    return " · ".join(str(part) for part in parts if part)
