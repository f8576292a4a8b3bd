"""Addresses that need no account: the link of an invitation."""

from django.urls import path

from coso.organizations.web import invited

urlpatterns = [path("loi-moi/<str:token>/", invited.invited, name="invited")]
