"""Facts about the repository that a reviewer should not have to look for."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, named, tracked

TEXT = {".py", ".html", ".md", ".toml", ".yml", ".txt", ".po", ".css", ".js", ".sh", ""}
OWN = [p for p in tracked() if p.suffix in TEXT and "vendor" not in p.parts]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONSTRAINTS = dict(
    line.split("==") for line in (ROOT / "constraints.txt").read_text().split() if "==" in line
)

# Put together from parts, so that this file does not find itself.
FORBIDDEN = {
    "a path of one machine": "|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/[a-z]"]),
    "unfinished work": "|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bX" + r"XX\b"]),
    "a package registry": "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "npm" + "js"]),
    "a debugger": r"\bbreak" + r"point\(\)|\bpdb" + r"\.set_trace",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_contains(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{named(path)}:{number}: {line.strip()[:100]}"
        for path in OWN
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def requirements() -> list[str]:
    parts = PROJECT["project"]
    more = [name for extra in parts["optional-dependencies"].values() for name in extra]
    return parts["dependencies"] + more


def test_every_dependency_has_an_exact_version() -> None:
    names = {re.split(r"[=<>~\[ ]", requirement)[0] for requirement in requirements()}
    assert names <= set(CONSTRAINTS)


def test_every_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    runtime = lines[lines.index("dependencies = [") + 1 : lines.index("]", 10)]
    assert [line for line in runtime if line.strip().startswith('"') and "#" not in line] == []


def test_what_is_installed_is_what_is_pinned() -> None:
    from importlib.metadata import PackageNotFoundError, version

    def installed(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    differing = {
        name: found
        for name, pinned in CONSTRAINTS.items()
        if (found := installed(name)) not in {None, pinned}
    }
    assert not differing


@pytest.mark.parametrize(
    "name",
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile", "Dockerfile",
     "docker-compose.yml", "manage.py", ".ci/run", "docs/operations.md", "docs/adr/README.md"],
)  # fmt: skip
def test_what_a_stranger_looks_for_is_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_every_link_in_the_documents_leads_somewhere() -> None:
    broken = [
        f"{named(path)}: {target}"
        for path in OWN
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert not broken, "\n".join(broken)


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text()
    records = list((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [path.name for path in records if path.name not in index] == []


def test_every_setting_of_the_environment_is_documented() -> None:
    read = {
        name
        for path in [*(ROOT / "config").glob("*.py"), *Path(ROOT / "apps").rglob("*.py")]
        for name in re.findall(r"\"((?:HOMEWARD|DATABASE)_[A-Z_]+|PORT)\"", path.read_text())
    }
    text = (ROOT / "docs" / "operations.md").read_text()
    assert sorted(name for name in read if f"`{name}`" not in text) == []
