"""A page takes 10 MB: what to do with more stands on it."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from apps.accounts.models import User
from apps.core.uploads import MAX_BYTES
from apps.handover.models import Arrival

pytestmark = pytest.mark.django_db
COMMAND = "manage.py handover receive"
HINT = {"en": "10 MB at most", "zh-hans": "不超过10 MB"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_larger_package_is_told_the_command(
    client: Client, receiver: User, language: str
) -> None:
    client.force_login(receiver)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = reverse("handover:receive")
    shown = client.get(page).content.decode()
    assert HINT[language] in shown
    for size, told in ((MAX_BYTES, False), (MAX_BYTES + 1, True)):
        file = SimpleUploadedFile("a.hwh", bytes(size))
        facts = {"file": file, "phrase": "X", "area": receiver.area_id}
        answer = client.post(page, facts).content.decode()
        assert (escape(COMMAND) in answer) is told
    assert not Arrival.objects.exists()


def test_a_receipt_is_never_so_large(client: Client, receiver: User) -> None:
    client.force_login(receiver)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    file = SimpleUploadedFile("a.json", bytes(MAX_BYTES + 1))
    answer = client.post(reverse("handover:load"), {"file": file}).content.decode()
    assert "choose the receipt" in answer
    assert COMMAND not in answer
