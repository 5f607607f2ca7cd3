from django.apps import AppConfig


class FollowUpsConfig(AppConfig):
    name = "apps.followups"
    label = "followups"
