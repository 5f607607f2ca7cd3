from django.apps import AppConfig


class EmploymentConfig(AppConfig):
    name = "apps.employment"
    label = "employment"
