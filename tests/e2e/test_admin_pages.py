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

# Half of them in either look: a page takes most of a second.
CHINESE = ("accounts_user", "audit_accesslog", "persons_person", "law_lawparameter")
ENGLISH = ("areas_area", "cases_case", "schedule_planrule", "documents_officetemplate")


def pages_of(name: str, shown: Shown, world: World) -> Iterator[tuple[str, str]]:
    """Visitor and address: the list, a row, its history, a new one; nothing is deleted there."""
    sees = next(visitor for visitor in EACH_ROLE if visitor in shown.see)
    row = [str(shown.row(world).pk)]
    yield sees, reverse(f"admin:{name}_changelist")
    yield sees, reverse(f"admin:{name}_change", args=row)
    yield sees, reverse(f"admin:{name}_history", args=row)
    if adds := [visitor for visitor in EACH_ROLE if visitor in shown.add]:
        yield adds[0], reverse(f"admin:{name}_add")


@pytest.mark.parametrize(
    ("lang", "width", "some"), [("zh-hans", 1440, CHINESE), ("en", 1024, ENGLISH)]
)
def test_pages_of_the_admin(desk: Desk, lang: str, width: int, some: tuple[str, ...]) -> None:
    world, walked = World(), MODELS if WHOLE_SWEEP else {name: MODELS[name] for name in some}
    pages = [
        (AUDITOR, reverse("admin:index")),
        *[page for name, shown in walked.items() for page in pages_of(name, shown, world)],
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
