"""The product's addresses and those of the letters."""

from django.urls import include, path

from config import urls

urlpatterns = [*urls.urlpatterns, path("", include("tests.toy_letters.urls"))]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
