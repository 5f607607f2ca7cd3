from django.urls import path

from apps.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.NoticesPage.as_view(), name="list"),
    path("read/", views.read_all, name="read-all"),
    path("<uuid:public_id>/", views.open_notice, name="open"),
]
