from django.urls import path

from apps.core import views

app_name = "core"
urlpatterns = [
    path("live", views.live, name="live"),
    path("ready", views.ready, name="ready"),
    path("language/", views.set_language, name="language"),
    path("ui/", views.gallery, name="gallery"),
]
