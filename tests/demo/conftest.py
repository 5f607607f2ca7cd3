"""A place for the demo to be loaded into."""

import pytest

from apps.areas.models import Area
from apps.demo.staff import TOWNS


@pytest.fixture
def demo(settings):
    """Demo mode, and a village in each town of the demo."""
    settings.DEMO = True
    make_villages()


def make_villages():
    county = Area.objects.get(code="469002")
    for code in sorted(set(TOWNS)):
        town, _new = Area.objects.get_or_create(
            code=code, defaults={"name": f"镇{code}", "level": "town", "parent": county}
        )
        Area.objects.get_or_create(
            code=f"{code}201", defaults={"name": "某村", "level": "village", "parent": town}
        )
