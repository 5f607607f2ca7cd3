"""The hand-over page of a large caseload: one sheet of paper, and no sideways scroll on a phone."""

import re
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from apps.core.days import today
from apps.covers.services import begin_cover
from tests.e2e.axe import assert_good_page
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case


def test_the_hand_over_of_55_persons_is_one_sheet(desk: Desk) -> None:
    away, mate = UserFactory(name="周晓岚"), UserFactory(name="林小北")
    for number in range(55):
        running_case(away, days=30 if number % 3 else 300)
    cover = begin_cover(
        worker=away, cover=mate, client_uuid=uuid4(), by=UserFactory(town_supervisor=True),
        starts_on=today(), until_on=today() + timedelta(days=20), words="钥匙在前台，周三例会照常",
    )  # fmt: skip
    address = reverse("workbench:handover", args=[cover.public_id])
    for lang in ("zh-hans", "en"):
        page = desk.open(address, mate, lang=lang)
        assert page.locator(".handover-lines li").count() == 25
        sheet = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
        assert_good_page(desk.open(address, mate, lang=lang, width=390), f"handover-{lang}")
