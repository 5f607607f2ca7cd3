"""What the web server loads in each of its workers."""

import os

from django.core.wsgi import get_wsgi_application

from config.processes import die_with_parent, settle_memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# A worker whose server was killed would hold the port and go on answering.
die_with_parent()
application = get_wsgi_application()
settle_memory()
