from django.urls import path

from apps.audit.views import LogPage

app_name = "audit"
urlpatterns = [path("log/", LogPage.as_view(), name="log")]
