"""Pages are compressed, tell the same, and their size tells nothing to whoever watches."""

import gzip
import time
from html.parser import HTMLParser
from typing import Any

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.core.compression import CompressionMiddleware, encoding_for, packed
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
PAGE = "<p>陈某</p>" * 5000
UNPACK: dict[str, Any] = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


def answered(content: str = PAGE, *, facts: Any = OURS, **headers: str) -> HttpResponse:
    """What the middleware makes of a page with these headers, asked for with those."""

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content, headers=headers)

    return CompressionMiddleware(view)(RequestFactory().get("/", **facts))


def text_of(response: HttpResponse) -> str:
    text: str = UNPACK[response.get("Content-Encoding", "")](response.content).decode()
    return text


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"), ("*", "br"), ("br;q=0, *", "gzip"), ("", ""),
        ("identity", ""), ("*;q=0", ""), ("br;q=x", ""), ("gzip;q=1.0.0", ""), ("GZIP", "gzip"),
    ],
)  # fmt: skip
def test_the_browser_says_what_it_can_read(accepted: str, encoding: str) -> None:
    assert encoding_for(accepted) == encoding


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_page_is_smaller_and_says_the_same(encoding: str) -> None:
    response = answered(facts=OURS | {"HTTP_ACCEPT_ENCODING": encoding}, ETag='"x"')
    assert response["Content-Encoding"] == encoding
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"] == 'W/"x"'
    assert int(response["Content-Length"]) == len(response.content) < len(PAGE) / 20
    assert text_of(response).partition("<!--")[0] == PAGE


def test_equal_pages_have_unequal_lengths() -> None:
    assert len({len(answered().content) for _ in range(60)}) > 20


def test_what_is_added_is_a_remark_and_nothing_else() -> None:
    for _ in range(300):
        found: list[str] = []
        reader = HTMLParser()
        reader.handle_data = found.append  # type: ignore[method-assign]
        reader.feed(text_of(answered("<p>x</p>" * 200)))
        assert set(found) == {"x"}


@pytest.mark.parametrize(
    ("facts", "small"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True), ({"HTTP_SEC_FETCH_SITE": "none"}, True),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_REFERER": "http://testserver/"}, False),
        ({"HTTP_REFERER": "http://testserver/persons/"}, True),
        ({"HTTP_REFERER": "http://testserver.elsewhere.invalid/"}, False),
        ({"HTTP_REFERER": "http://elsewhere.invalid/?http://testserver/"}, False), ({}, False),
    ],
)  # fmt: skip
def test_nothing_is_compressed_at_the_wish_of_a_foreign_page(
    facts: dict[str, str], small: bool
) -> None:
    response = answered(facts={"HTTP_ACCEPT_ENCODING": "br"} | facts)
    assert response.has_header("Content-Encoding") == small
    assert response["Vary"] == "Accept-Encoding"


def test_a_part_of_a_page_gets_no_remark() -> None:
    assert text_of(answered(facts=OURS | {"HTTP_HX_REQUEST": "true"})) == PAGE


@pytest.mark.parametrize(
    "headers",
    [{"Content-Type": "text/csv"}, {"Content-Type": "application/json"}, {"Content-Encoding": "x"}],
)
def test_anything_but_a_page_is_left_alone(headers: dict[str, str]) -> None:
    assert answered(**headers).content == PAGE.encode()


def test_a_short_page_is_left_alone() -> None:
    assert answered("kurz").content == b"kurz"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_compressing_a_large_page_takes_little(encoding: str) -> None:
    """About 2 ms for 100 KB on the machine of the office; the bound is for a busy one."""
    rows = "".join(
        f"<tr><td>陈{n * 7919 % 1000}</td><td>{n * 104729}</td></tr>" for n in range(2200)
    )
    begun = time.process_time()
    for _ in range(10):
        packed(rows.encode(), encoding)
    assert (time.process_time() - begun) / 10 < 0.02


@pytest.mark.django_db
def test_a_real_page_stays_out_of_caches_and_hides_its_token(client: Client) -> None:
    CaseFactory()
    client.force_login(UserFactory(county_supervisor=True))
    pages = [client.get(reverse("persons:list"), **OURS) for _ in range(2)]
    plain = client.get(reverse("persons:list")).content.decode()
    tokens = set()
    for page in pages:
        assert page["Content-Encoding"] == "br"
        assert "Accept-Encoding" in page["Vary"]
        assert "no-store" in page["Cache-Control"]
        assert len(page.content) < len(plain) / 3
        tokens.add(text_of(page).partition('csrfmiddlewaretoken" value="')[2][:64])
    assert len(tokens) == 2
