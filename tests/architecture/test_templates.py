"""Templates that no test opens compile too."""

from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.architecture.sources import ROOT, templates

NAMES = [path.relative_to(ROOT / "templates").as_posix() for path in templates()]


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
    assert "|safe" not in text
    assert "autoescape off" not in text
