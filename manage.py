#!/usr/bin/env python
"""Django's command line. Brings the embedded PostgreSQL up first when no DATABASE_URL is set."""

import os
import sys

# Commands that own the schema run as the owning role; everything else has grants only.
OWNER_COMMANDS = {"migrate", "makemigrations", "setup", "test", "pgtrigger", "create_max_migration_files"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("HOMEWARD_DATABASE_ROLE", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
