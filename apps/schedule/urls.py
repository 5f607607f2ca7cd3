from django.urls import path

from apps.schedule import views

app_name = "schedule"
urlpatterns = [path("<int:item_id>/why/", views.why, name="why")]
