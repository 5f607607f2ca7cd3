from django.urls import path

from apps.reports.lists import PAGES
from apps.reports.views import dashboard, help_in_numbers, indicators, quality, trend

app_name = "reports"
urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("trend/", trend, name="trend"),
    path("indicators/", indicators, name="indicators"),
    path("quality/", quality, name="quality"),
    path("help/", help_in_numbers, name="help"),
    *(path(f"{code}/", page.as_view(), name=code) for code, page in PAGES.items()),
]
