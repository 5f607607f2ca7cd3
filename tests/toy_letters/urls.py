from django.urls import path

from tests.toy_letters import views

app_name = "toy_letters"
urlpatterns = [
    path("letters/", views.LettersPage.as_view(), name="list"),
    path("persons/<uuid:public_id>/letters/", views.person, name="person"),
    path("persons/<uuid:public_id>/letters/new/", views.create, name="create"),
    path("letters/<uuid:public_id>/answer/", views.answer, name="answer"),
]
