"""The addresses of Django's admin, by pattern: each model has the same six pages."""

from tests.architecture.url_matrix import Line

ADMIN_LINES: list[Line] = []
