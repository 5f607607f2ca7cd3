"""The admin speaks the pages' language: no field, choice or model is called by its code."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from pghistory.models import Event

from apps.audit.history import _told_fields
from apps.audit.models import AccessLog
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
# Names of formats and of checks are the same in every language.
FORMATS = {"PDF", "JPEG", "PNG", "DOCX", "SHA-256", "HMAC-SHA-256"}
# What is left of English there has a Chinese word beside it: 氯胺酮（K 粉）, 已 n 天未签到.
CHINESE = re.compile("[\u4e00-\u9fff]")
ROLES = ("records_admin", "system_admin", "auditor")


def requests() -> list[Any]:
    found = []
    for role in ROLES:
        request = RequestFactory().get("/")
        request.user = UserFactory(**{role: True})
        found.append(request)
    return found


def labels(model: Any, shown: Any, request: Any) -> Iterator[tuple[str, str]]:
    """Whatever the pages of the model call something: name of the thing, and the words."""
    meta = model._meta
    yield "name", meta.verbose_name
    yield "plural", meta.verbose_name_plural
    yield "app", meta.app_config.verbose_name
    form = shown.get_form(request).base_fields if shown.has_change_permission(request) else {}
    columns = shown.get_list_display(request)
    for name in {*flatten_fieldsets(shown.get_fieldsets(request)), *columns, *meta_told(model)}:
        own = form.get(name)
        yield name, own.label if own else label_for_field(name, model, shown)
        field = next((f for f in meta.fields if f.name == name), None)
        yield f"help of {name}", (own or field).help_text if own or field else ""
        for value, words in getattr(field, "flatchoices", ()):
            yield f"{name}={value}", words


def meta_told(model: Any) -> list[str]:
    """Fields that the history names."""
    tracked = hasattr(model, "events")
    return [field.name for field in _told_fields(model(pk=1))] if tracked else []


def test_nothing_in_the_admin_is_called_by_its_code() -> None:
    left, walked = [], 0
    with translation.override("zh-hans"):
        for request in requests():
            for model, shown in admin.site._registry.items():
                if not shown.has_view_permission(request):
                    continue
                for name, words in labels(model, shown, request):
                    walked += 1
                    text = str(words)
                    english = re.search("[A-Za-z]", text) and not CHINESE.search(text)
                    if english and text not in FORMATS:
                        left.append(f"{model._meta.label} {name}: {text}")
    assert walked > 1000
    assert not left, "\n".join(sorted(set(left)))


def test_a_name_of_a_thing_is_not_the_name_of_a_person() -> None:
    """姓名 is what a human being is called; units, views and days have 名称."""
    persons = {"Person", "User", "Contact", "TeamMember", "Release"}
    with translation.override("zh-hans"):
        called = {
            model.__name__: str(field.verbose_name)
            for model in apps.get_models()
            for field in model._meta.fields
            if field.name == "name" and model in admin.site._registry
            and not issubclass(model, Event)
        }  # fmt: skip
    assert {name for name, words in called.items() if words == "姓名"} == persons


def drawn(page: str) -> str:
    """What a page says, whether seen or read aloud."""
    bare = re.sub(r"<(script|style|svg|code)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "|", bare))


def test_the_pages_of_the_admin_say_no_english_in_chinese(client: Client) -> None:
    """Django's own words too: some of its newer ones have no Chinese yet."""
    english, walked = {}, 0
    for role in ROLES:
        user = UserFactory(**{role: True})
        client.force_login(user)
        listed = [reverse("admin:index")]
        for model in admin.site._registry:
            place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            listed += [reverse(f"{place}_changelist"), reverse(f"{place}_add")]
        for address in listed:
            answer = client.get(address, headers={"accept-language": "zh-hans"})
            if answer.status_code != 200:
                continue
            walked += 1
            assert 'lang="zh-hans"' in answer.content.decode()
            words = re.findall(r"[A-Z]?[a-z]{2,}(?: [a-z]{2,})+", drawn(answer.content.decode()))
            if words:
                english[address] = words
    assert walked > 60
    assert english == {}


def test_signs_are_as_wide_as_the_letters_around_them(client: Client) -> None:
    client.force_login(UserFactory(auditor=True))
    row = log_row()
    url = reverse("admin:audit_accesslog_change", args=[row.pk])
    page = client.get(url, headers={"accept-language": "zh-hans"}).content.decode()
    found = re.findall(r"<label[^>]*>([^<]*)</label>", page)
    assert len(found) > 8
    assert [label for label in found if label.endswith(":")] == []
    assert "workbench:person" not in page


def log_row() -> AccessLog:
    return AccessLog.objects.create(
        at=timezone.now(), user_id=1, username="worker", role="worker", action="view",
        person_ids=[], person_count=0, view="workbench:person", fields_seen="check-in",
    )  # fmt: skip
