from django.apps import AppConfig


class ToyLettersConfig(AppConfig):
    name = "tests.toy_letters"
    verbose_name = "来信"
    default_auto_field = "django.db.models.BigAutoField"
