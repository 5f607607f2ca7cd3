"""`python -m tests.template`: make the migrated database that tests copy, before they ask for it.

Migrating takes a minute of one core; `.ci/run` lets it go beside the checks, which need the other.
"""

import os

import django

from config import embedded_postgres

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    django.setup()
    from tests import database

    embedded_postgres.ensure_running(forgetful=True)
    database.prepare()
