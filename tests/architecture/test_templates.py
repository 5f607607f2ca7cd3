"""Templates that no test opens compile too."""

import re
from pathlib import Path
from typing import Final

import pytest
from django.template.loader import get_template

from tests.architecture.sources import ROOT, templates

NAMES = [path.relative_to(ROOT / "templates").as_posix() for path in templates()]
# Its tag, in which tags of the template may stand, and what it sends.
FORM: Final = re.compile(
    r"<form\b((?:\{%.*?%\}|\{\{.*?\}\}|[^>])*)>(.*?)</form>", re.DOTALL | re.IGNORECASE
)


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("path", templates(), ids=NAMES)
def test_no_template_carries_script_or_style(path: Path) -> None:
    """The content security policy would drop them."""
    text = path.read_text()
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
    assert " onclick=" not in text


@pytest.mark.parametrize("path", templates(), ids=NAMES)
def test_no_template_switches_escaping_off(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\|\s*safe|\{%\s*autoescape", text)


@pytest.mark.parametrize("path", templates(), ids=NAMES)
def test_every_form_that_is_posted_carries_its_token(path: Path) -> None:
    """Where the page itself, drawn in a test, is not the one that is sent: parts of a page too."""
    text = path.read_text()
    found = FORM.findall(text)
    assert len(found) == len(re.findall("<form", text, re.IGNORECASE))
    for tag, inside in found:
        method = re.search(r'\bmethod="([^"]*)"', tag)
        assert method, f"A form says how it is sent: {tag}"
        assert ("post" in method[1]) == ("{% csrf_token %}" in inside), tag
        assert "hx-post" not in tag or method[1] == "post", tag


@pytest.mark.parametrize("path", templates(), ids=NAMES)
def test_nothing_is_sent_but_by_a_form(path: Path) -> None:
    outside = FORM.sub("", path.read_text())
    assert not re.search(r"\bhx-(?:post|put|patch|delete)\b|\bformmethod\b", outside)
