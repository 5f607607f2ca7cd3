"""Every page, in both languages, at the desk and on the phone: axe finds nothing, nothing
scrolls sideways. With PICTURES=folder the pictures are kept."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse

from tests.e2e.axe import assert_good_page
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area

LOOKS = [("zh-hans", 1440), ("en", 1440), ("zh-hans", 390), ("en", 390)]


@dataclass(frozen=True)
class Shown:
    """A page, its address and who opens it; `by` are traits of UserFactory, None is a stranger."""

    name: str
    url: str
    by: dict[str, Any] | None = field(default_factory=dict)


SUPERVISOR = {"county_supervisor": True, "name": "符海宁"}
PAGES = [
    Shown("sign-in", "accounts:sign-in", None),
    Shown("redeem-code", "accounts:redeem-code", None),
    Shown("password", "accounts:password"),
    Shown("me", "accounts:me"),
    Shown("admin", "admin:index", {"system_admin": True, "name": "管理员"}),
    Shown("staff", "accounts:staff-list", SUPERVISOR),
]


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_page_is_good_in_every_look(desk: Desk, shown: Shown) -> None:
    area(QIONGHAI)
    user = None if shown.by is None else UserFactory(**{"name": "周晓岚", **shown.by})
    UserFactory.create_batch(3)
    for lang, width in LOOKS:
        page = desk.open(reverse(shown.url), user, lang=lang, width=width)
        assert_good_page(page, shown.name)
        page.context.close()
