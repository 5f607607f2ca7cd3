from django.urls import path

from apps.accounts import second_views, staff_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.redeem_code, name="redeem-code"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.me, name="me"),
    path("account/password/", views.password, name="password"),
    path("units/", views.units, name="units"),
    path("staff/", staff_views.staff_list, name="staff-list"),
    path("staff/second/", second_views.SecondList.as_view(), name="second-list"),
    path("staff/second/<uuid:public_id>/", second_views.second, name="second"),
    path("staff/<uuid:public_id>/code/", staff_views.staff_code, name="staff-code"),
]
