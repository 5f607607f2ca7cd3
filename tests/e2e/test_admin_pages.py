"""Every kind of page of the admin, in both languages: axe finds nothing, nothing scrolls sideways.

Some models stand for all: the longest forms, autocompletes, dates, actions, read-only rows. With
WHOLE_SWEEP=1 (`make soak`) every model of the admin is opened.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.architecture.matrix_world import World
from tests.architecture.url_matrix_admin import EACH_ROLE, MODELS, Shown
from tests.architecture.visitors import AUDITOR, WHOLE_SWEEP
from tests.e2e.axe import assert_accessible, assert_fits, take_picture
from tests.e2e.conftest import Desk

SOME = (
    "accounts_user", "areas_area", "audit_accesslog", "persons_person", "cases_case",
    "law_lawparameter", "schedule_planrule", "documents_officetemplate",
)  # fmt: skip
WALKED = MODELS if WHOLE_SWEEP else {name: MODELS[name] for name in SOME}


def pages_of(name: str, shown: Shown, world: World) -> Iterator[tuple[str, str]]:
    """Visitor and address: the list, a row, its history, a new one, and a search in vain."""
    sees = next(visitor for visitor in EACH_ROLE if visitor in shown.see)
    row = [str(shown.row(world).pk)]
    yield sees, reverse(f"admin:{name}_changelist")
    yield sees, reverse(f"admin:{name}_change", args=row)
    yield sees, reverse(f"admin:{name}_history", args=row)
    if adds := [visitor for visitor in EACH_ROLE if visitor in shown.add]:
        yield adds[0], reverse(f"admin:{name}_add")


@pytest.mark.parametrize(("lang", "width"), [("zh-hans", 1440), ("en", 1024)])
def test_pages_of_the_admin(desk: Desk, settings: object, lang: str, width: int) -> None:
    world = World()
    pages = [
        (AUDITOR, reverse("admin:index")),
        *[page for name, shown in WALKED.items() for page in pages_of(name, shown, world)],
    ]
    windows = {
        visitor: desk.window(world.users[visitor], lang=lang, width=width).new_page()
        for visitor in {visitor for visitor, _ in pages}
    }
    found = []
    for visitor, address in pages:
        page = windows[visitor]
        page.goto(address)
        take_picture(page, address.strip("/").replace("/", "-"))
        try:
            assert_accessible(page)
            assert_fits(page)
        except AssertionError as error:
            found.append(str(error))
    assert found == []
