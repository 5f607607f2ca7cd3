"""While the examples of the demo are laid out every page tells how far; afterwards none does."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation

from apps.core import laid_out
from apps.demo.management.commands.load_demo import told
from tests.factories.accounts import UserFactory


@pytest.fixture
def demo(settings: LazySettings, tmp_path: Path) -> LazySettings:
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    return settings


@pytest.mark.django_db
def test_every_page_tells_how_far_until_the_end(client: Client, demo: LazySettings) -> None:
    signed_in = Client()
    signed_in.force_login(UserFactory())
    with told(lambda _count: None, 300) as progress:
        progress(100)
        progress(20)
        for page in (client.get("/sign-in/"), signed_in.get("/persons/")):
            assert "示例还在生成：已有 300 人中的 120 人" in page.content.decode()
        with translation.override("en"):
            english = client.get("/sign-in/", headers={"accept-language": "en"})
        assert "laid out: 120 of 300 persons" in english.content.decode()
    for page in (client.get("/sign-in/"), signed_in.get("/persons/")):
        assert "示例还在生成" not in page.content.decode()


def test_work_that_fails_leaves_no_word_behind(demo: LazySettings) -> None:
    with pytest.raises(ZeroDivisionError), told(lambda count: 1 // count, 300) as progress:
        progress(0)
    assert laid_out.so_far() is None


def test_outside_the_demo_nothing_is_read(demo: LazySettings) -> None:
    laid_out.note(1, 2)
    assert laid_out.so_far() == (1, 2)
    demo.DEMO = False
    assert laid_out.so_far() is None


@pytest.mark.parametrize("text", ["", "1", "a b", "1 2 3"])
def test_a_file_that_says_nothing_is_nothing(demo: LazySettings, text: str) -> None:
    (Path(demo.VAR_DIR) / "demo.progress").write_text(text)
    assert laid_out.so_far() is None
