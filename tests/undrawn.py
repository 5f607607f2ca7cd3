"""Pages without their drawing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.template.backends.django import Template


@contextmanager
def nothing_drawn() -> Iterator[None]:
    """No template is rendered: drawing costs more than all that decides."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *args, **kwargs: "")
        yield
