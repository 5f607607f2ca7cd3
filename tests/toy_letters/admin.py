from django.contrib import admin

from apps.audit.admin_base import PersonalAdmin
from tests.toy_letters.models import Letter


@admin.register(Letter)
class LetterAdmin(PersonalAdmin):
    list_display = ("person", "received_on", "answered_on", "recorded_by")
    list_select_related = ("person", "recorded_by")
    ordering = ("-received_on", "-pk")
