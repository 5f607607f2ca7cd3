from django.urls import path

from apps.guide import views

app_name = "guide"
urlpatterns = [
    path("help/", views.index, name="index"),
    path("help/<slug:slug>/", views.page, name="page"),
]
