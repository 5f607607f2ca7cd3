"""The guide: one page a job, in the words of those who do it.

The texts are Markdown in `pages/<language>/<slug>.md`: the first line is the title, the second
paragraph says whom it is for, each heading of the second order is a subject with a name of its own
(`{#checkin}`), the same in both languages. `![words](picture:today-390)` is the picture
`static/guide/today-390-<language>.png`, which `make pictures` takes.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import markdown
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from apps.accounts.roles import Role

FOLDER: Final = Path(__file__).resolve().parent / "pages"
# In the order of the list, with the roles whose job each is; none: everybody's.
JOBS: Final[dict[str, frozenset[Role]]] = {
    "start": frozenset(),
    "worker": frozenset({Role.WORKER}),
    "supervisor": frozenset({Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR, Role.PROVINCE_VIEWER}),
    "records": frozenset({Role.RECORDS_ADMIN}),
    "system": frozenset({Role.SYSTEM_ADMIN, Role.AUDITOR}),
    "rights": frozenset(),
    "words": frozenset(),
}
HEADING: Final = re.compile(r"^## (.+?) \{#([a-z-]+)\}$", re.MULTILINE)
PICTURE: Final = re.compile(r'<img alt="([^"]*)" src="picture:([a-z0-9-]+)"')


@dataclass(frozen=True)
class GuidePage:
    """`subjects`: name in the address and title of each part."""

    slug: str
    title: str
    lead: str
    body: SafeString
    subjects: tuple[tuple[str, str], ...]


def pages(language: str) -> list[GuidePage]:
    return [read(slug, language) for slug in JOBS]


def jobs_of(role: str) -> list[str]:
    """The pages about the work of a role."""
    return [slug for slug, roles in JOBS.items() if role in roles]


@lru_cache
def read(slug: str, language: str) -> GuidePage:
    """A page in a language; raises FileNotFoundError where there is none."""
    title, lead, text = (FOLDER / language / f"{slug}.md").read_text().split("\n\n", 2)
    drawn = markdown.markdown(text, extensions=["attr_list", "tables"], output_format="html")
    return GuidePage(
        slug=slug,
        title=title.removeprefix("# "),
        lead=lead,
        body=mark_safe(_with_pictures(drawn, language)),  # noqa: S308 - texts of this package
        subjects=tuple((anchor, words) for words, anchor in HEADING.findall(text)),
    )


def _with_pictures(html: str, language: str) -> str:
    def picture(found: re.Match[str]) -> str:
        source = static(f"guide/{found[2]}-{language}.png")
        size = "phone" if "-390" in found[2] else "desk"
        return f'<img class="{size}" loading="lazy" alt="{found[1]}" src="{source}"'

    return PICTURE.sub(picture, html)
