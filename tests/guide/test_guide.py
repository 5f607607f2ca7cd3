"""The help in the app: both languages say the same parts, and every page leads to one."""

import re

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from apps.accounts.roles import Role
from apps.guide.pages import FOLDER, JOBS, pages, read
from config.help import PAGES
from config.navigation import ENTRIES
from tests.factories.accounts import UserFactory

LANGUAGES = ("zh-hans", "en")
PICTURES = re.compile(r"!\[([^\]]*)\]\(picture:([a-z0-9-]+)\)")


QUOTED = re.compile("“([^”]+)”")
# A key of the keyboard, a word that is not to be used, a word of the law in a sentence.
NO_WORDS_OF_A_PAGE = frozenset({"/", "失控", "to be confirmed"})


def source(slug: str, language: str) -> str:
    return (FOLDER / language / f"{slug}.md").read_text()


@pytest.mark.parametrize("slug", JOBS)
def test_a_page_has_the_same_parts_and_pictures_in_both_languages(slug: str) -> None:
    chinese, english = (read(slug, language) for language in LANGUAGES)
    assert [anchor for anchor, _ in chinese.subjects] == [anchor for anchor, _ in english.subjects]
    assert chinese.title != english.title
    assert chinese.subjects
    shown = [[name for _, name in PICTURES.findall(source(slug, lang))] for lang in LANGUAGES]
    assert shown[0] == shown[1]


def test_every_text_belongs_to_a_page_of_the_list() -> None:
    for language in LANGUAGES:
        assert {path.stem for path in (FOLDER / language).glob("*.md")} == set(JOBS)


def test_what_is_quoted_stands_so_on_a_page() -> None:
    """Whoever looks for a button by the word of the help finds it."""
    walked, wrong = 0, []
    texts = polib.pofile(str(settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"))
    for language in LANGUAGES:
        said = {text.msgid if language == "en" else text.msgstr for text in texts}
        said |= NO_WORDS_OF_A_PAGE
        for slug in JOBS:
            quoted = QUOTED.findall(source(slug, language))
            walked += len(quoted)
            wrong += [f"{language}/{slug}: {words}" for words in quoted if words not in said]
    assert walked > 20
    assert wrong == []


def test_every_picture_is_there_and_has_words() -> None:
    for language in LANGUAGES:
        for slug in JOBS:
            for words, name in PICTURES.findall(source(slug, language)):
                assert words
                assert (settings.BASE_DIR / f"static/guide/{name}-{language}.png").is_file()


def test_every_role_has_its_work_in_the_list() -> None:
    covered = frozenset().union(*JOBS.values())
    assert set(Role) - covered == {Role.BUILT_IN}


def test_every_page_of_the_side_bar_leads_to_a_part_that_there_is() -> None:
    spaces = {entry.url_name.partition(":")[0] for entry in ENTRIES} - {"admin"}
    assert {space for space in spaces if f"{space}:" not in PAGES} == set()
    parts = {f"{page.slug}#{anchor}" for page in pages("en") for anchor, _ in page.subjects}
    assert set(PAGES.values()) - parts == set()


def test_every_name_in_the_list_is_an_address() -> None:
    spaces = set(get_resolver().namespace_dict)
    names = {
        f"{space}:{name}"
        for space in spaces
        for name in get_resolver().namespace_dict[space][1].reverse_dict
        if isinstance(name, str)
    }
    wrong = [name for name in PAGES if name not in names and name.removesuffix(":") not in spaces]
    assert wrong == []


@pytest.mark.django_db
def test_the_question_mark_leads_from_a_page_to_its_part(client: Client) -> None:
    client.force_login(UserFactory())
    assert 'href="/help/worker/#needs"' in client.get(reverse("needs:list")).content.decode()
    assert 'href="/help/"' in client.get(reverse("core:gallery")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "title"), [("zh-hans", "专干的一天"), ("en", "A day of a")])
def test_the_own_work_stands_first_in_the_own_language(
    client: Client, language: str, title: str
) -> None:
    client.force_login(UserFactory())
    html = client.get("/help/", headers={"accept-language": language}).content.decode()
    first = html.index('class="guide-entry"')
    assert title in html[first : first + 200]
    page = client.get("/help/worker/", headers={"accept-language": language})
    assert title in page.content.decode()
    assert f"today-390-{language}" in page.content.decode()


@pytest.mark.django_db
def test_a_page_that_there_is_not_is_not_found(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/help/secrets/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("guide:page", args=["../x"])
