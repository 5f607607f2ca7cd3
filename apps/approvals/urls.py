from django.urls import path

from apps.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.Inbox.as_view(), name="list"),
    path("<uuid:public_id>/", views.decide, name="decide"),
]
