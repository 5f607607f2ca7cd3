import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client, override_settings

from apps.core.markup import icon_svg, level_html, tag_html
from apps.core.views import csrf_failure, failed
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(UserFactory(name="周晓岚"))
    return client


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    response = client.get("/ui/")
    assert response.status_code == 302
    assert client.get("/live").content == b"ok"
    assert client.get("/ready").content == b"ok"


def test_the_frame_names_user_area_and_only_pages_the_role_may_open(signed_in: Client) -> None:
    html = signed_in.get("/ui/").content.decode()
    assert "琼海市 › 嘉积镇" in html
    assert "周晓岚" in html
    assert 'href="/admin/"' not in html
    signed_in.force_login(UserFactory(system_admin=True))
    assert 'href="/admin/"' in signed_in.get("/ui/").content.decode()


def test_the_banner_says_that_demo_persons_are_invented(signed_in: Client) -> None:
    assert 'class="demo"' not in signed_in.get("/ui/").content.decode()
    with override_settings(DEMO=True):
        assert 'class="demo"' in signed_in.get("/ui/").content.decode()


def test_pages_of_a_signed_in_person_stay_in_no_cache(signed_in: Client) -> None:
    assert "no-store" in signed_in.get("/ui/")["Cache-Control"]
    assert not signed_in.get("/live").has_header("ETag")


@pytest.mark.parametrize(
    ("accepts", "lang"),
    [("", "zh-hans"), ("zh-CN,zh;q=0.9", "zh-hans"), ("en-GB,en;q=0.9", "en"), ("fr", "zh-hans")],
)
def test_the_browser_decides_the_language(signed_in: Client, accepts: str, lang: str) -> None:
    html = signed_in.get("/ui/", headers={"accept-language": accepts}).content.decode()
    assert f'<html lang="{lang}"' in html


def test_the_switch_overrides_the_browser_and_returns_to_the_page(signed_in: Client) -> None:
    response = signed_in.post("/language/", {"language": "en", "next": "/ui/?a=1"})
    assert response["Location"] == "/ui/?a=1"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME]["httponly"]
    html = signed_in.get("/ui/", headers={"accept-language": "zh-CN"}).content.decode()
    assert '<html lang="en"' in html


def test_the_switch_goes_to_no_other_site_and_takes_no_other_language(signed_in: Client) -> None:
    response = signed_in.post(
        "/language/", {"language": "xx", "next": "https://elsewhere.example/"}
    )
    assert response["Location"] == "/"
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


def test_errors_answer_in_words(signed_in: Client, client: Client) -> None:
    assert signed_in.get("/no-such-page/").status_code == 404
    request = signed_in.get("/ui/").wsgi_request
    client.logout()
    assert client.get("/no-such-page/").status_code == 404
    assert csrf_failure(request).status_code == 403
    response = failed(request)
    assert response.status_code == 500
    assert "没有存上" in response.content.decode()


def test_can_shows_what_the_role_holds() -> None:
    source = (
        '{% can "checkin_log" %}yes{% else %}no{% endcan %}{% can "case_assign" %}yes{% endcan %}'
    )
    assert draw(source, user=UserFactory()) == "yes"
    assert draw(source, user=UserFactory(auditor=True)) == "no"
    assert draw(source) == "no"


def test_icons_are_our_own_files_and_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon_svg("phone")
    assert 'class="i i-14"' in draw('{% icon "phone" 14 %}')
    for name in ("../secret", "Phone"):
        with pytest.raises(ValueError, match=name):
            icon_svg(name)
    with pytest.raises(FileNotFoundError):
        icon_svg("no-such-icon")


def test_a_tag_is_an_icon_and_a_word_and_a_risk_level_is_bars_and_a_word() -> None:
    assert tag_html("late", "<b>").startswith('<span class="tag late"><svg')
    assert "&lt;b&gt;" in tag_html("late", "<b>")
    assert level_html("medium").count('class="on"') == 2
    assert "<svg" not in level_html("")
    assert "ledger" in level_html("high", from_ledger=True)


def test_the_query_of_the_address_is_kept_but_for_what_changes(signed_in: Client) -> None:
    request = signed_in.get("/ui/?a=1&page=3").wsgi_request
    assert draw("{% query page=4 %}", request=request) == "?a=1&amp;page=4"
    assert draw("{% query page=None %}", request=request) == "?a=1"
    assert draw("{% query a=None page=None %}", request=request) == "?"


@pytest.mark.parametrize(
    ("part", "whole", "width"), [(1, 3, "33.3%"), (5, 3, "100.0%"), (-1, 3, "0.0%"), (1, 0, "0%")]
)
def test_widths_of_bars_stay_inside(part: int, whole: int, width: str) -> None:
    assert draw("{% share part whole %}", part=part, whole=whole) == width
