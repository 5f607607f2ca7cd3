"""What leaves the house in other forms than a list."""

from django.urls import path

from apps.exports import views

app_name = "exports"
urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("dictionary/", views.dictionary, name="dictionary"),
    path("dictionary/file/", views.dictionary_file, name="dictionary-file"),
]
