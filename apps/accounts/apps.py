from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """What the admin calls the throttle's own table, which comes without Chinese words."""
        throttle = apps.get_app_config("axes")
        throttle.verbose_name = _("Sign-in")
        names = apps.get_model("axes", "AccessAttempt")._meta
        names.verbose_name = _("failed sign-in")
        names.verbose_name_plural = _("failed sign-ins")
