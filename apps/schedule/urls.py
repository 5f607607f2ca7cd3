from django.urls import path

from apps.schedule import views

app_name = "schedule"
urlpatterns = [
    path("<int:item_id>/why/", views.why, name="why"),
    path("<int:item_id>/put-off/", views.put_off, name="put-off"),
    path("<int:item_id>/show-again/", views.show_again, name="show-again"),
]
