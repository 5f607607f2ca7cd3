#!/usr/bin/env python
"""Django's command line. Brings the embedded PostgreSQL up first when no DATABASE_URL is set."""

import os
import sys

# Commands that own the schema run as the owning role; everything else has grants only.
OWNER_COMMANDS = {
    "migrate", "makemigrations", "optimizemigration", "squashmigrations", "setup", "test",
    "flush", "pgtrigger", "dbshell",
}  # fmt: skip
# Commands that ask nothing of the database.
OFFLINE_COMMANDS = {"stop", "help", "--help", "-h", "version", "--version", "compile_messages"}


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command == "setup" and is_set_up():
        return
    if command in OWNER_COMMANDS:
        os.environ.setdefault("HOMEWARD_DATABASE_ROLE", "owner")
    if command not in OFFLINE_COMMANDS:
        start_database()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def is_set_up() -> bool:
    """`setup --unless-done`: the same program was set up in the same database already.

    Told from the files, before Django is loaded: a restart does not wait for a look at them all.
    """
    from config import setup_mark

    if "--unless-done" not in sys.argv:
        return False
    sys.argv.remove("--unless-done")
    return setup_mark.is_done()


def start_database() -> None:
    """The embedded server, unless a DATABASE_URL names another."""
    from config import embedded_postgres

    if not embedded_postgres.is_embedded():
        return
    try:
        embedded_postgres.ensure_running()
    except embedded_postgres.DatabaseUnavailableError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
