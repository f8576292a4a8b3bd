"""Addresses that need no account: the link of an invitation."""

from django.urls import path

from coso.organizations.web import invited

urlpatterns = [
    path("loi-moi/<str:token>/", invited.invited, name="invited"),
    path("loi-moi/<str:token>/dang-nhap-mot-lan/", invited.by_sign_on, name="invited-by-sign-on"),
]
