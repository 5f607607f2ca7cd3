from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class GuideConfig(AppConfig):
    name = "apps.guide"
    verbose_name = pgettext_lazy("the guide", "Help")
