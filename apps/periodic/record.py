"""Periodic reports, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, register

register(RecordKind(name="periodic", label=_("Periodic reports"), log={}, parts=()))
